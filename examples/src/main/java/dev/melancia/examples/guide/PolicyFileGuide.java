package dev.melancia.examples.guide;

import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.RoutingPolicyJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the documents show of policies as JSON. */
final class PolicyFileGuide {

    private PolicyFileGuide() {}

    static String printedBack(Path file) throws IOException {
        // region file
        RoutingPolicy policy = RoutingPolicyJson.read(Files.readString(file));
        String json = RoutingPolicyJson.write(policy);
        // endregion
        return json;
    }
}
