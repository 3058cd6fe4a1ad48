package dev.melancia.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.call.CallContext;
import dev.melancia.cost.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random days of random callers, beside a model that remembers every call and sums them all each time. */
class BudgetsPropertiesTest {

    private static final int HISTORIES = 60;
    private static final int STEPS = 150;
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final long BEFORE_CLOCKS_CHANGE =
            Instant.parse("2018-02-16T12:00:00Z").toEpochMilli();

    @Test
    void budgetsSayWhatAModelSaysThatForgetsNothing() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int refused = 0;
        int accepted = 0;
        for (int i = 0; i < HISTORIES; i++) {
            History history = new History(random, "seed " + seed + " history " + i);
            refused += history.run();
            accepted += history.calls.size();
        }
        assertThat(refused).as("both answers must be met").isGreaterThan(10 * HISTORIES);
        assertThat(accepted).as("both answers must be met").isGreaterThan(10 * HISTORIES);
    }

    /** One call as the model remembers it; its cost is null while it is under way. */
    private static final class Call {
        private final String tenant;
        private final String user;
        private final long reserved;
        private final Map<BudgetPeriod, Object> windows;
        private final Reservation reservation;
        private Cost cost;

        Call(String tenant, String user, long reserved, Map<BudgetPeriod, Object> windows, Reservation reservation) {
            this.tenant = tenant;
            this.user = user;
            this.reserved = reserved;
            this.windows = windows;
            this.reservation = reservation;
        }

        long counted() {
            if (cost == null) {
                return reserved;
            }
            return cost.kind() == Cost.Kind.UNKNOWN ? reserved : cost.picoUsd();
        }
    }

    private static final class History {
        private final Random random;
        private final String what;
        private final Map<String, Long> limits; // by scope and period
        private final Budgets budgets;
        private final List<Call> calls = new ArrayList<>();
        private Instant now = Instant.ofEpochMilli(BEFORE_CLOCKS_CHANGE);

        History(Random random, String what) {
            this.random = random;
            this.what = what;
            this.limits = Map.of(
                    "ALL HOUR", limit(200),
                    "ALL DAY", limit(400),
                    "TENANT HOUR", limit(100),
                    "TENANT DAY", limit(200),
                    "t0 DAY", limit(300),
                    "USER HOUR", limit(50),
                    "USER DAY", limit(100));
            this.budgets = Budgets.builder()
                    .zone(ZONE)
                    .all(BudgetPeriod.HOUR, usd("ALL HOUR"))
                    .all(BudgetPeriod.DAY, usd("ALL DAY"))
                    .eachTenant(BudgetPeriod.HOUR, usd("TENANT HOUR"))
                    .eachTenant(BudgetPeriod.DAY, usd("TENANT DAY"))
                    .tenant("t0", BudgetPeriod.DAY, usd("t0 DAY"))
                    .eachUser(BudgetPeriod.HOUR, usd("USER HOUR"))
                    .eachUser(BudgetPeriod.DAY, usd("USER DAY"))
                    .build();
        }

        private long limit(int most) {
            return 1L + random.nextInt(4 * most);
        }

        private String usd(String name) {
            return BigDecimal.valueOf(limits.get(name), 12).toPlainString();
        }

        int run() {
            int refused = 0;
            for (int step = 0; step < STEPS; step++) {
                now = now.plusMillis(random.nextInt(random.nextInt(20) == 0 ? 7_200_000 : 60_000));
                if (random.nextInt(3) == 0) {
                    endOne();
                } else {
                    refused += begin() ? 0 : 1;
                }
                assertStatuses(random.nextInt(3), random.nextInt(5));
            }
            return refused;
        }

        private boolean begin() {
            String tenant = random.nextInt(6) == 0 ? null : "t" + random.nextInt(3);
            String user = random.nextInt(6) == 0 ? null : "u" + random.nextInt(5);
            long amount = random.nextInt(20);
            boolean fits = amount == 0 || room(tenant, user) >= amount;
            assertThat(budgets.spent(context(tenant, user), now.toEpochMilli()).isPresent())
                    .as(what)
                    .isEqualTo(room(tenant, user) < 1);
            Reservation made = budgets.tryReserve(context(tenant, user), amount, now.toEpochMilli());
            assertThat(made.isRefused()).as(what + " " + made).isEqualTo(!fits);
            if (fits) {
                calls.add(new Call(tenant, user, amount, windows(), made));
            }
            return fits;
        }

        private void endOne() {
            if (calls.isEmpty()) {
                return;
            }
            Call call = calls.get(random.nextInt(calls.size()));
            Cost cost =
                    switch (random.nextInt(4)) {
                        case 0 -> Cost.unknown();
                        case 1 -> new Cost(Cost.Kind.ESTIMATED, random.nextInt(30));
                        case 2 -> Cost.zero();
                        default -> Cost.knownPicoUsd(random.nextInt(30));
                    };
            if (random.nextInt(5) == 0) {
                call.reservation.release();
                cost = Cost.zero();
            } else {
                call.reservation.settle(cost);
            }
            call.cost = call.cost == null ? cost : call.cost; // a second end is none
        }

        private long room(String tenant, String user) {
            long room = Long.MAX_VALUE;
            for (BudgetPeriod period : BudgetPeriod.values()) {
                room = Math.min(room, limits.get("ALL " + period) - counted(null, null, period));
                if (tenant != null) {
                    room = Math.min(room, tenantLimit(tenant, period) - counted(tenant, null, period));
                }
                if (user != null) {
                    room = Math.min(room, limits.get("USER " + period) - counted(null, user, period));
                }
            }
            return room;
        }

        private long tenantLimit(String tenant, BudgetPeriod period) {
            return limits.getOrDefault(tenant + " " + period, limits.get("TENANT " + period));
        }

        private long counted(String tenant, String user, BudgetPeriod period) {
            Object window = windows().get(period);
            long counted = 0;
            for (Call call : calls) {
                if ((tenant == null || tenant.equals(call.tenant))
                        && (user == null || user.equals(call.user))
                        && window.equals(call.windows.get(period))) {
                    counted += call.counted();
                }
            }
            return counted;
        }

        private void assertStatuses(int tenant, int user) {
            List<BudgetStatus> statuses = budgets.status(context("t" + tenant, "u" + user), now.toEpochMilli());
            assertThat(statuses).as(what).hasSize(6);
            for (BudgetStatus status : statuses) {
                long counted = counted(
                        status.tenant().orElse(null),
                        status.scope() == BudgetScope.USER ? "u" + user : null,
                        status.period());
                assertThat(status.spentKnownUsd()
                                .add(status.spentEstimatedUsd())
                                .add(status.reservedUsd()))
                        .as(what + " " + status)
                        .isEqualByComparingTo(BigDecimal.valueOf(counted, 12));
            }
        }

        private Map<BudgetPeriod, Object> windows() {
            ZonedDateTime local = now.atZone(ZONE);
            return Map.of(
                    BudgetPeriod.DAY, local.toLocalDate(),
                    BudgetPeriod.HOUR, local.truncatedTo(ChronoUnit.HOURS).toInstant());
        }

        private static CallContext context(String tenant, String user) {
            CallContext.Builder context = CallContext.builder();
            if (tenant != null) {
                context.tenant(tenant);
            }
            if (user != null) {
                context.userId(user);
            }
            return context.build();
        }
    }
}
