package dev.melancia.mlflow;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Every host this JVM opens a connection to while this is open: the JDK's HTTP client, its older one and plain sockets all
 * ask the default selector for a proxy first. Not seen: socket channels. One at a time in a JVM; thread-safe.
 */
public final class AskedHosts extends ProxySelector implements AutoCloseable {

    private final ProxySelector before = ProxySelector.getDefault();
    private final Set<String> hosts = new ConcurrentSkipListSet<>();

    private AskedHosts() {}

    /** Listens from now on. */
    public static AskedHosts listen() {
        AskedHosts asked = new AskedHosts();
        ProxySelector.setDefault(asked);
        return asked;
    }

    /** Host and port of each. */
    public Set<String> seen() {
        return Set.copyOf(hosts);
    }

    @Override
    public List<Proxy> select(URI uri) {
        hosts.add(uri.getHost() + ":" + uri.getPort());
        return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

    @Override
    public void close() {
        ProxySelector.setDefault(before);
    }
}
