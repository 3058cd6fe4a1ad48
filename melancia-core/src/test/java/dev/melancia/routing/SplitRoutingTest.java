package dev.melancia.routing;

import static dev.melancia.routing.Asks.BOTH;
import static dev.melancia.routing.Asks.LOCAL;
import static dev.melancia.routing.Asks.NOBODY;
import static dev.melancia.routing.Asks.PAID;
import static dev.melancia.routing.Asks.TO_LOCAL;
import static dev.melancia.routing.Asks.TO_PAID;
import static dev.melancia.routing.Asks.decide;
import static dev.melancia.routing.Asks.flags;
import static dev.melancia.routing.Asks.say;
import static dev.melancia.routing.Asks.table;
import static dev.melancia.routing.Asks.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.Split;
import dev.melancia.provider.ModelId;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitRoutingTest {

    private static final int USERS = 10_000;

    private static RoutingTable split(String version, double share) {
        return table(RoutingPolicy.builder("hybrid")
                .version(version)
                .otherwise(Target.split("hybrid-local-share", share, TO_LOCAL, TO_PAID)));
    }

    private static ModelId side(RoutingTable table, String user) {
        return decide(table, say("Oi"), user(user)).assigned().orElseThrow();
    }

    private static long local(RoutingTable table) {
        return IntStream.range(0, USERS)
                .filter(i -> side(table, "user-" + i).equals(LOCAL.id()))
                .count();
    }

    @Test
    void aUserStaysOnASideAcrossRequestsAndPolicyVersions() {
        RoutingTable first = split("1", 0.5);
        RoutingTable second = split("2", 0.5);

        for (int i = 0; i < 500; i++) {
            String user = "user-" + i;
            assertThat(side(first, user)).isEqualTo(side(first, user)).isEqualTo(side(second, user));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.2, 0.5, 0.8, 1})
    void theShareIsHonouredOverManyUsers(double share) {
        assertThat(local(split("1", share)) / (double) USERS)
                .isCloseTo(share, within(0.015 * Math.ceil(share * (1 - share))));
    }

    @Test
    void raisingTheShareMovesNobodyAway() {
        RoutingTable half = split("1", 0.5);
        RoutingTable more = split("2", 0.7);

        IntStream.range(0, 2_000)
                .mapToObj(i -> "user-" + i)
                .filter(user -> side(half, user).equals(LOCAL.id()))
                .forEach(user -> assertThat(side(more, user)).isEqualTo(LOCAL.id()));
    }

    @Test
    void aDecisionSaysWhichArmWasAssignedAndWhy() {
        RoutingDecision decision = decide(split("3", 1), say("Oi"), user("ana"));

        assertThat(decision.splitId()).contains("hybrid-local-share");
        assertThat(decision.arm()).contains("local");
        assertThat(decision.isSticky()).isTrue();
        assertThat(decision.stickyOn()).contains(StickyOn.USER);
        assertThat(decision.policyVersion()).isEqualTo("3");
        assertThat(decision.reason())
                .matches("no rule took it; split hybrid-local-share, bucket \\d{1,4} of 10000 by user -> local");
    }

    @Test
    void withoutAUserTheRequestIsDrawnAndTheDecisionSaysSo() {
        RoutingTable table = split("1", 0.5);
        Random random = new Random(7);

        long drawnLocal = IntStream.range(0, USERS)
                .mapToObj(i -> table.decide(say("Oi"), NOBODY, HealthSnapshot.allAvailable(), random.nextLong()))
                .filter(decision -> decision.arm().orElseThrow().equals("local"))
                .count();

        assertThat(drawnLocal / (double) USERS).isCloseTo(0.5, within(0.02));
        RoutingDecision decision = decide(table, say("Oi"), NOBODY);
        assertThat(decision.isSticky()).isFalse();
        assertThat(decision.reason()).contains(", drawn for this request (no user id) -> ");
    }

    @Test
    void theSameDrawGivesTheSameDecision() {
        RoutingTable table = split("1", 0.5);
        Random random = new Random(8);
        for (int i = 0; i < 200; i++) {
            RoutingDecision decision =
                    table.decide(say("Oi"), NOBODY, HealthSnapshot.allAvailable(), random.nextLong());
            RoutingDecision replayed = table.decide(say("Oi"), NOBODY, HealthSnapshot.allAvailable(), decision.draw());
            assertThat(replayed).hasToString(decision.toString());
        }
    }

    @Test
    void aShareByFlagChangesWithoutADeploy() {
        FeatureFlags flags = flags();
        RoutingTable table = RoutingPolicy.builder("hybrid")
                .otherwise(Target.splitByFlag("hybrid-local-share", FeatureFlags.OLLAMA_PERCENTAGE, TO_LOCAL, TO_PAID))
                .build()
                .bind(BOTH, flags);

        assertThat(local(table) / (double) USERS).isCloseTo(0.8, within(0.015));
        flags.set(FeatureFlags.OLLAMA_PERCENTAGE, 0.3);
        assertThat(local(table)).isEqualTo(local(split("1", 0.3)));
        flags.set(FeatureFlags.OLLAMA_PERCENTAGE, 0);
        assertThat(local(table)).isZero();
        flags.set(FeatureFlags.OLLAMA_PERCENTAGE, 1);
        assertThat(local(table)).isEqualTo(USERS);
        assertThat(decide(table, say("Oi"), user("ana")).flags())
                .containsExactly(new FlagSeen(FeatureFlags.OLLAMA_PERCENTAGE, "1.0", "STATIC"));
    }

    @Test
    void aSplitMayBeStickyOnTenantOrConversation() {
        CallContext ana = CallContext.builder()
                .userId("ana")
                .tenant("acme")
                .conversationId("talk-1")
                .build();
        CallContext bia = CallContext.builder().userId("bia").tenant("acme").build();

        RoutingDecision byTenant = decide(sticky(StickyOn.TENANT), say("Oi"), ana);
        assertThat(byTenant.reason()).matches("no rule took it; split s, bucket \\d+ of 10000 by tenant -> .*");
        assertThat(byTenant.stickyOn()).contains(StickyOn.TENANT);
        assertThat(decide(sticky(StickyOn.TENANT), say("Oi"), bia).reason()).isEqualTo(byTenant.reason());
        assertThat(byTenant.reason()).contains("bucket " + Split.of("s", 0.5).bucket("acme") + " of");

        assertThat(decide(sticky(StickyOn.CONVERSATION), say("Oi"), ana).reason())
                .contains("bucket " + Split.of("s", 0.5).bucket("talk-1") + " of 10000 by conversation ->");
    }

    @Test
    void aCallWithoutWhatASplitIsStickyOnIsDrawnAndTheDecisionSaysWhy() {
        assertDrawn(StickyOn.TENANT, ", drawn for this request (no tenant) ->");
        assertDrawn(StickyOn.CONVERSATION, ", drawn for this request (no conversation id) ->");
        assertDrawn(StickyOn.REQUEST, ", drawn for this request ->");
    }

    private static void assertDrawn(StickyOn key, String words) {
        RoutingTable table = sticky(key);
        Random random = new Random(9);

        RoutingDecision decision = decide(table, say("Oi"), user("ana"));

        assertThat(decision.reason()).contains(words);
        assertThat(decision.isSticky()).isFalse();
        assertThat(decision.stickyOn()).contains(StickyOn.REQUEST);
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i ->
                                table.decide(say("Oi"), user("ana"), HealthSnapshot.allAvailable(), random.nextLong()))
                        .map(RoutingDecision::arm)
                        .distinct())
                .hasSize(2);
    }

    private static RoutingTable sticky(StickyOn key) {
        return table(RoutingPolicy.builder("p")
                .otherwise(Target.split("s", 0.5, TO_LOCAL, TO_PAID).stickyOn(key)));
    }

    @Test
    void severalArmsShareByWeight() {
        Candidate big = Candidate.builder("openai/gpt-4o").tier("big").build();
        RoutingTable table = RoutingPolicy.builder("three")
                .otherwise(Target.split(Split.ofWeights("three", 1, 2, 1), TO_LOCAL, TO_PAID, Target.tier("big")))
                .build()
                .bind(java.util.List.of(LOCAL, PAID, big), flags());

        long paid = IntStream.range(0, USERS)
                .filter(i -> side(table, "user-" + i).equals(PAID.id()))
                .count();

        assertThat(paid / (double) USERS).isCloseTo(0.5, within(0.02));
    }

    @Test
    void aShareOutsideZeroToOneIsRefusedWithItsName() {
        assertThatThrownBy(() -> Target.split("hybrid-local-share", 1.2, TO_LOCAL, TO_PAID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("hybrid-local-share", "[0, 1]", "1.2");
        assertThatThrownBy(() -> Target.split("s", Double.NaN, TO_LOCAL, TO_PAID))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSplitNeedsOneTargetForEachArmAndNoSplitInside() {
        Split three = Split.ofWeights("three", 1, 1, 1);
        assertThatThrownBy(() -> Target.split(three, TO_LOCAL, TO_PAID))
                .hasMessageContaining("one target for each of its 3 arms, had 2");
        Target inner = Target.split("inner", 0.5, TO_LOCAL, TO_PAID);
        assertThatThrownBy(() -> Target.split("outer", 0.5, inner, TO_PAID))
                .hasMessageContainingAll("outer", "use one split with more arms");
    }
}
