package dev.melancia.testkit;

import java.net.URI;
import java.util.List;

/** The first model's server, or an address that is none, as a fault has it. */
final class FaultyServer implements AutoCloseable {

    /** RFC 1035 allows 63 characters between dots, so that no resolver needs to ask anybody: this name has no address. */
    private static final URI UNKNOWN = URI.create("http://" + "x".repeat(64) + ".invalid:80");

    private final LoopbackServer server;
    private final BlackHole nobody = BlackHole.open();
    private final URI address;

    private FaultyServer(RoutedFault fault, WireFormat wire) {
        server = LoopbackServer.replying(fault.reply(wire));
        address = switch (fault) {
            case REFUSED -> LoopbackServer.refusingAddress();
            case UNKNOWN_HOST -> UNKNOWN;
            case NO_CONNECTION -> nobody.address();
            default -> server.address();
        };
    }

    static FaultyServer with(RoutedFault fault, WireFormat wire) {
        return new FaultyServer(fault, wire);
    }

    URI address() {
        return address;
    }

    List<RecordedRequest> requests() {
        return server.requests();
    }

    @Override
    public void close() {
        server.close();
        nobody.close();
    }
}
