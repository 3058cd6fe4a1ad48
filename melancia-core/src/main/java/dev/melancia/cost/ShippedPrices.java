package dev.melancia.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The price table in the jar, read when it is first asked for. */
final class ShippedPrices {

    private static final String RESOURCE = "prices.json";

    static final PriceTable TABLE = read();

    private ShippedPrices() {}

    private static PriceTable read() {
        try (InputStream json = ShippedPrices.class.getResourceAsStream(RESOURCE)) {
            if (json == null) {
                throw new IllegalStateException("the jar of melancia-core has no dev/melancia/cost/" + RESOURCE
                        + "; a tool that repacks jars must keep its resources");
            }
            return PriceTableJson.read(new String(json.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
