package dev.melancia.router;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.MelanciaException;
import dev.melancia.routing.RateLimit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TenantLimitsTest {

    private static final RateLimit ONE_A_SECOND = RateLimit.perSecond(1);
    private static final long SECOND = 1_000_000_000L;

    @Test
    void eachTenantHasTheGeneralLimitToItself() {
        TenantLimits limits = new TenantLimits(ONE_A_SECOND, Map.of(), 0);
        assertThat(limits.refusal("acme", 0)).isNull();
        assertThat(limits.refusal("acme", 0)).isNotNull();
        assertThat(limits.refusal("globex", 0)).isNull();
        assertThat(limits.refusal("acme", SECOND)).isNull();
    }

    @Test
    void ownLimitReplacesTheGeneralOne() {
        TenantLimits limits = new TenantLimits(ONE_A_SECOND, Map.of("acme", RateLimit.perSecond(3)), 0);
        for (int call = 0; call < 3; call++) {
            assertThat(limits.refusal("acme", 0)).isNull();
        }
        assertThat(requireNonNull(limits.refusal("acme", 0)).limit()).isEqualTo(RateLimit.perSecond(3));
    }

    @Test
    void nobodyIsLimitedWithoutALimitOrATenant() {
        TenantLimits named = new TenantLimits(null, Map.of("acme", ONE_A_SECOND), 0);
        TenantLimits general = new TenantLimits(ONE_A_SECOND, Map.of(), 0);
        for (int call = 0; call < 10; call++) {
            assertThat(named.refusal("globex", 0)).isNull();
            assertThat(general.refusal(null, 0)).isNull();
        }
    }

    @Test
    void refusalTellsWhoHowFastAndWhenToComeAgain() {
        TenantLimits limits = new TenantLimits(RateLimit.perSecond(4).withBurst(1), Map.of(), 0);
        limits.refusal("acme", 0);
        TenantLimitException refusal = requireNonNull(limits.refusal("acme", 50_000_000));
        assertThat(refusal)
                .isInstanceOf(MelanciaException.class)
                .hasMessage("tenant acme may begin 4 calls in PT1S, 1 at once, and the next one in PT0.2S;"
                        + " call less often or raise the tenant's limit");
        assertThat(refusal.tenant()).isEqualTo("acme");
        assertThat(refusal.limit()).isEqualTo(RateLimit.perSecond(4).withBurst(1));
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(200));
        assertThat(limits.refusal("acme", 50_000_000 + refusal.retryAfter().toNanos()))
                .isNull();
    }

    @Test
    void tenantIsForgottenOnlyOnceThatGivesItNothing() {
        TenantLimits limits = new TenantLimits(RateLimit.perSecond(2), Map.of(), 0, 1);
        assertThat(limits.refusal("acme", 0)).isNull();
        TenantLimitException noPlace = requireNonNull(limits.refusal("globex", 1));
        assertThat(noPlace)
                .hasMessageContaining("tenant globex is one too many")
                .hasMessageContaining("limit of its own");
        assertThat(noPlace.retryAfter()).isEqualTo(Duration.ofNanos(SECOND / 2 - 1));
        assertThat(limits.refusal("globex", SECOND / 2)).isNull();
        assertThat(limits.known()).isEqualTo(1);
    }

    @Test
    void aRefusalKeepsItsLimitWhenItIsSerialised() throws IOException, ClassNotFoundException {
        TenantLimits limits = new TenantLimits(RateLimit.perMinute(3).withBurst(1), Map.of(), 0);
        limits.refusal("acme", 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(limits.refusal("acme", 0));
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            TenantLimitException copy = (TenantLimitException) in.readObject();

            assertThat(copy.limit()).isEqualTo(RateLimit.perMinute(3).withBurst(1));
            assertThat(copy.retryAfter()).isEqualTo(Duration.ofSeconds(20));
            assertThat(copy.tenant()).isEqualTo("acme");
        }
    }

    @Test
    void nobodyEverGetsMoreThanALimiterOfItsOwnWouldGiveAndWhileThereIsRoomNotLess() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            RateLimit limit = new RateLimit(1 + random.nextInt(10), Duration.ofNanos(1_000), 1 + random.nextInt(5));
            int tenants = 1 + random.nextInt(8);
            int most = 1 + random.nextInt(8);
            compare(limit, new Tenants(tenants, most), random, "seed " + seed);
        }
    }

    private record Tenants(int number, int most) {}

    private static void compare(RateLimit limit, Tenants tenants, Random random, String what) {
        TenantLimits limits = new TenantLimits(limit, Map.of(), 0, tenants.most);
        Map<String, RateLimiter> alone = new HashMap<>();
        long now = 0;
        for (int call = 0; call < 1_000; call++) {
            now += random.nextInt(400);
            String tenant = "tenant " + random.nextInt(tenants.number);
            RateLimiter own = alone.computeIfAbsent(tenant, name -> new RateLimiter(limit, 0));
            boolean begins = limits.refusal(tenant, now) == null;
            if (begins || tenants.number <= tenants.most) {
                assertThat(own.tryAcquire(now))
                        .as("%s %s %s call %d", what, limit, tenants, call)
                        .isEqualTo(begins);
            }
            assertThat(limits.known()).isLessThanOrEqualTo(tenants.most);
        }
    }
}
