package dev.melancia.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.melancia.call.CallContext;
import dev.melancia.cost.Cost;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetsTest {

    private static final long NOON = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long USD = 1_000_000_000_000L;
    private static final long CENT = USD / 100;

    private static final CallContext ANYBODY = CallContext.empty();
    private static final CallContext ANA = caller("acme", "ana@acme.example");
    private static final CallContext BIA = caller("acme", "bia@acme.example");
    private static final CallContext CAIO = caller("globex", "caio@globex.example");

    @Test
    void whatIsReservedIsNotThereForTheNextCall() {
        Budgets budgets = Budgets.builder().all(BudgetPeriod.DAY, "1").build();
        Reservation first = budgets.tryReserve(ANYBODY, 60 * CENT, NOON);
        assertThat(first.isRefused()).isFalse();
        assertThat(budgets.tryReserve(ANYBODY, 60 * CENT, NOON).isRefused()).isTrue();
        first.release();
        assertThat(budgets.tryReserve(ANYBODY, 60 * CENT, NOON).isRefused()).isFalse();
    }

    @Test
    void allOfALimitMayBeSpentAndNotAPicoDollarMore() {
        Budgets budgets =
                Budgets.builder().all(BudgetPeriod.DAY, "0.000000000010").build();
        assertThat(budgets.tryReserve(ANYBODY, 11, NOON).isRefused()).isTrue();
        assertThat(budgets.tryReserve(ANYBODY, 10, NOON).isRefused()).isFalse();
        assertThat(budgets.tryReserve(ANYBODY, 1, NOON).isRefused()).isTrue();
    }

    @Test
    void knownCostTakesThePlaceOfTheReservation() {
        Budgets budgets = Budgets.builder().all(BudgetPeriod.DAY, "1").build();
        budgets.tryReserve(ANYBODY, 60 * CENT, NOON).settle(Cost.knownPicoUsd(10 * CENT));
        assertAmounts(only(budgets, ANYBODY), "0.1", "0", "0");
    }

    @Test
    void costBeyondTheReservationCountsInFull() {
        Budgets budgets = Budgets.builder().all(BudgetPeriod.DAY, "1").build();
        budgets.tryReserve(ANYBODY, 60 * CENT, NOON).settle(Cost.knownPicoUsd(250 * CENT));
        assertAmounts(only(budgets, ANYBODY), "2.5", "0", "0");
        assertThat(budgets.tryReserve(ANYBODY, 1, NOON).isRefused()).isTrue();
    }

    @Test
    void unknownCostCountsAsReservedAndIsEstimated() {
        Budgets budgets = Budgets.builder().all(BudgetPeriod.DAY, "1").build();
        budgets.tryReserve(ANYBODY, 60 * CENT, NOON).settle(Cost.unknown());
        budgets.tryReserve(ANYBODY, 30 * CENT, NOON).settle(new Cost(Cost.Kind.ESTIMATED, 20 * CENT));
        assertAmounts(only(budgets, ANYBODY), "0", "0.8", "0");
    }

    @Test
    void reservationEndsOnce() {
        Budgets budgets = Budgets.builder().all(BudgetPeriod.DAY, "1").build();
        Reservation other = budgets.tryReserve(ANYBODY, 30 * CENT, NOON);
        Reservation reservation = budgets.tryReserve(ANYBODY, 30 * CENT, NOON);
        reservation.settle(Cost.knownPicoUsd(CENT));
        reservation.settle(Cost.knownPicoUsd(CENT));
        reservation.release();
        assertAmounts(only(budgets, ANYBODY), "0.01", "0", "0.3");
        other.release();
        other.settle(Cost.knownPicoUsd(CENT));
        assertAmounts(only(budgets, ANYBODY), "0.01", "0", "0");
    }

    @Test
    void refusedCallLeavesNothingReservedAnywhere() {
        Budgets budgets = Budgets.builder()
                .all(BudgetPeriod.HOUR, "10")
                .all(BudgetPeriod.DAY, "20")
                .eachTenant(BudgetPeriod.DAY, "5")
                .eachUser(BudgetPeriod.HOUR, "2")
                .eachUser(BudgetPeriod.DAY, "1")
                .build();
        Reservation refused = budgets.tryReserve(ANA, 101 * CENT, NOON);
        assertThat(refused.isRefused()).isTrue();
        refused.settle(Cost.knownPicoUsd(USD));
        refused.release();
        assertThat(budgets.status(ANA, NOON)).hasSize(5).allSatisfy(status -> assertAmounts(status, "0", "0", "0"));
        assertThat(budgets.accounts()).as("and nobody is remembered for it").isZero();
    }

    @Test
    void eachTenantAndUserHasABudgetOfItsOwn() {
        Budgets budgets = Budgets.builder()
                .eachTenant(BudgetPeriod.DAY, "1")
                .eachUser(BudgetPeriod.DAY, "0.60")
                .build();
        assertThat(budgets.tryReserve(ANA, 60 * CENT, NOON).isRefused()).isFalse();
        assertThat(budgets.tryReserve(ANA, CENT, NOON).reason()).startsWith("the user: ");
        assertThat(budgets.tryReserve(BIA, 50 * CENT, NOON).reason()).startsWith("tenant acme: ");
        assertThat(budgets.tryReserve(BIA, 40 * CENT, NOON).isRefused()).isFalse();
        assertThat(budgets.tryReserve(CAIO, 60 * CENT, NOON).isRefused()).isFalse();
    }

    @Test
    void ownLimitReplacesTheGeneralOneOfThatPeriodOnly() {
        Budgets budgets = Budgets.builder()
                .eachTenant(BudgetPeriod.DAY, "1")
                .eachTenant(BudgetPeriod.HOUR, "0.50")
                .tenant("acme", BudgetPeriod.DAY, "3")
                .eachUser(BudgetPeriod.DAY, "1")
                .user("ana@acme.example", BudgetPeriod.DAY, "0")
                .build();
        assertThat(budgets.status(BIA, NOON))
                .extracting(BudgetStatus::period, status -> status.limitUsd().toPlainString())
                .containsExactly(
                        tuple(BudgetPeriod.HOUR, "0.5"), tuple(BudgetPeriod.DAY, "3"), tuple(BudgetPeriod.DAY, "1"));
        assertThat(budgets.tryReserve(ANA, 1, NOON).isRefused()).isTrue();
        assertThat(budgets.spent(ANA, NOON)).isPresent();
        assertThat(budgets.spent(BIA, NOON)).isEmpty();
    }

    @Test
    void callWithoutTenantOrUserIsChargedToAllOnly() {
        Budgets budgets = Budgets.builder()
                .all(BudgetPeriod.DAY, "5")
                .eachTenant(BudgetPeriod.DAY, "1")
                .eachUser(BudgetPeriod.DAY, "1")
                .build();
        assertThat(budgets.tryReserve(ANYBODY, 4 * USD, NOON).isRefused()).isFalse();
        assertThat(budgets.status(ANYBODY, NOON))
                .extracting(BudgetStatus::scope)
                .containsExactly(BudgetScope.ALL);
    }

    @Test
    void nextWindowBeginsWithNothingSpent() {
        Budgets budgets = Budgets.builder()
                .all(BudgetPeriod.HOUR, "1")
                .all(BudgetPeriod.DAY, "1.50")
                .build();
        budgets.tryReserve(ANYBODY, USD, NOON).settle(Cost.knownPicoUsd(USD));
        assertThat(budgets.spent(ANYBODY, NOON + HOUR - 1)).isPresent();
        assertThat(budgets.spent(ANYBODY, NOON + HOUR)).isEmpty();
        assertThat(budgets.tryReserve(ANYBODY, 60 * CENT, NOON + HOUR).reason()).contains("for the day");
        assertThat(budgets.tryReserve(ANYBODY, 60 * CENT, NOON + 12 * HOUR).isRefused())
                .isFalse();
    }

    @Test
    void dayBeginsAtMidnightOfTheZone() {
        Budgets budgets = Budgets.builder()
                .zone(ZoneId.of("America/Sao_Paulo"))
                .all(BudgetPeriod.DAY, "1")
                .build();
        budgets.tryReserve(ANYBODY, USD, NOON).settle(Cost.knownPicoUsd(USD));
        assertThat(budgets.spent(ANYBODY, NOON + 15 * HOUR - 1)).isPresent();
        assertThat(budgets.spent(ANYBODY, NOON + 15 * HOUR)).isEmpty();
    }

    @Test
    void reservationThatEndsInAnotherWindowIsNotChargedToIt() {
        Budgets budgets = Budgets.builder()
                .all(BudgetPeriod.HOUR, "1")
                .all(BudgetPeriod.DAY, "2")
                .eachUser(BudgetPeriod.HOUR, "1")
                .build();
        Reservation late = budgets.tryReserve(ANA, USD, NOON);
        Reservation later = budgets.tryReserve(ANA, USD, NOON + HOUR);
        late.settle(Cost.knownPicoUsd(USD));
        List<BudgetStatus> statuses = budgets.status(ANA, NOON + HOUR);
        assertAmounts(statuses.get(0), "0", "0", "1");
        assertAmounts(statuses.get(1), "1", "0", "1");
        assertAmounts(statuses.get(2), "0", "0", "1");
        later.release();
        assertThat(budgets.accounts()).isZero();
    }

    @Test
    void clockThatStepsBackStaysInTheWindowItHadReached() {
        Budgets budgets = Budgets.builder().all(BudgetPeriod.HOUR, "1").build();
        budgets.tryReserve(ANYBODY, USD, NOON).settle(Cost.knownPicoUsd(USD));
        assertThat(budgets.spent(ANYBODY, NOON - 1)).isPresent();
        assertThat(budgets.spent(ANYBODY, NOON)).isPresent();
    }

    @Test
    void callThatReservesNothingIsNeverRefusedAndItsCostCounts() {
        Budgets budgets = Budgets.builder()
                .all(BudgetPeriod.DAY, "0")
                .eachUser(BudgetPeriod.DAY, "1")
                .build();
        Reservation free = budgets.tryReserve(ANA, 0, NOON);
        assertThat(free.isRefused()).isFalse();
        free.settle(Cost.knownPicoUsd(CENT));
        assertThat(budgets.status(ANA, NOON)).allSatisfy(status -> assertAmounts(status, "0.01", "0", "0"));
    }

    @Test
    void spentSaysNothingWhileAnythingIsLeft() {
        Budgets budgets = Budgets.builder().eachUser(BudgetPeriod.DAY, "1").build();
        Reservation reservation = budgets.tryReserve(ANA, USD - 1, NOON);
        assertThat(budgets.spent(ANA, NOON)).isEmpty().isSameAs(Optional.empty());
        budgets.tryReserve(ANA, 1, NOON);
        assertThat(budgets.spent(ANA, NOON))
                .hasValue("the user: 0 of 1 USD spent, 1 reserved for the day until 2026-11-23T00:00:00Z");
        reservation.release();
        assertThat(budgets.spent(ANA, NOON)).isEmpty();
    }

    @Test
    void reasonSaysWhichBudgetHowMuchAndUntilWhenButNotWho() {
        Budgets budgets = Budgets.builder()
                .eachTenant(BudgetPeriod.DAY, "10")
                .eachUser(BudgetPeriod.HOUR, "1")
                .build();
        budgets.tryReserve(ANA, 90 * CENT, NOON).settle(Cost.unknown());
        Reservation ofUser = budgets.tryReserve(ANA, 20 * CENT, NOON);
        assertThat(ofUser.reason())
                .isEqualTo("the user: ~0.9 of 1 USD spent, 0 reserved for the hour until 2026-11-22T13:00:00Z;"
                        + " the call may cost 0.2 USD");
        Reservation ofTenant = budgets.tryReserve(BIA, 9_11 * CENT, NOON);
        assertThat(ofTenant.reason())
                .isEqualTo("tenant acme: ~0.9 of 10 USD spent, 0 reserved for the day until 2026-11-23T00:00:00Z;"
                        + " the call may cost 9.11 USD");
        assertThat(List.of(
                        ofUser.toString(),
                        budgets.toString(),
                        budgets.status(ANA, NOON).toString()))
                .noneMatch(text -> text.contains("ana"));
    }

    @Test
    void reasonIsAskedOfRefusedReservationsOnly() {
        Reservation accepted = Budgets.builder().build().tryReserve(ANA, USD, NOON);
        assertThatIllegalStateException().isThrownBy(accepted::reason).withMessageContaining("isRefused()");
        assertThat(accepted).hasToString("1 USD reserved");
    }

    @Test
    void whoSpentIsNeverForgottenAndSomebodyNewIsRefusedWhenAllPlacesAreTaken() {
        Budgets budgets =
                Budgets.builder().eachUser(BudgetPeriod.DAY, "1").maxAccounts(2).build();
        budgets.tryReserve(ANA, USD, NOON).settle(Cost.knownPicoUsd(USD));
        Reservation live = budgets.tryReserve(BIA, USD, NOON);
        Reservation crowded = budgets.tryReserve(CAIO, 1, NOON);
        assertThat(crowded.reason())
                .isEqualTo("the user is new and 2 others have spent in this day; maxAccounts sets how many may;"
                        + " the call may cost 0.000000000001 USD");
        assertThat(budgets.spent(CAIO, NOON)).isPresent();
        assertThat(budgets.tryReserve(CAIO, 0, NOON).isRefused()).isFalse();
        assertThat(budgets.spent(ANA, NOON)).isPresent();
        live.release();
        assertThat(budgets.tryReserve(CAIO, 1, NOON).isRefused())
                .as("a place came free")
                .isFalse();
        assertThat(budgets.accounts()).isEqualTo(2);
    }

    @Test
    void accountStaysWhileOneOfItsReservationsIsOpenEvenOneOfNothing() {
        Budgets budgets = Budgets.builder().eachUser(BudgetPeriod.DAY, "1").build();
        Reservation open = budgets.tryReserve(ANA, 0, NOON);
        budgets.tryReserve(ANA, USD, NOON).release();
        open.settle(Cost.knownPicoUsd(USD));
        assertThat(budgets.spent(ANA, NOON)).isPresent();
        Reservation late = budgets.tryReserve(BIA, USD, NOON);
        budgets.tryReserve(BIA, 0, NOON).settle(Cost.zero());
        assertThat(budgets.tryReserve(BIA, 1, NOON).isRefused()).isTrue();
        late.release();
        assertThat(budgets.accounts()).isEqualTo(1);
    }

    @Test
    void accountsOfPastWindowsGoAway() {
        Budgets budgets = Budgets.builder()
                .eachUser(BudgetPeriod.HOUR, "1")
                .eachTenant(BudgetPeriod.HOUR, "9")
                .eachTenant(BudgetPeriod.DAY, "9")
                .tenant("initech", BudgetPeriod.DAY, "1")
                .build();
        budgets.tryReserve(ANA, CENT, NOON).settle(Cost.knownPicoUsd(CENT));
        budgets.tryReserve(BIA, CENT, NOON).settle(Cost.knownPicoUsd(CENT));
        assertThat(budgets.accounts()).as("ana, bia, acme, initech").isEqualTo(4);
        budgets.spent(ANA, NOON + HOUR);
        assertThat(budgets.accounts()).as("the tenant's day goes on").isEqualTo(2);
        budgets.spent(ANA, NOON + 12 * HOUR);
        assertThat(budgets.accounts()).isEqualTo(1);
    }

    @Test
    void tenantsAreListedByNameAndUsersAreNot() {
        Budgets budgets = Budgets.builder()
                .all(BudgetPeriod.DAY, "50")
                .eachTenant(BudgetPeriod.DAY, "10")
                .tenant("beta", BudgetPeriod.DAY, "25")
                .eachUser(BudgetPeriod.DAY, "1")
                .build();
        budgets.tryReserve(CAIO, CENT, NOON).settle(Cost.knownPicoUsd(CENT));
        budgets.tryReserve(ANA, CENT, NOON).settle(Cost.knownPicoUsd(CENT));
        assertThat(budgets.status(NOON))
                .extracting(status -> status.tenant().orElse("-"))
                .containsExactly("-", "acme", "beta", "globex");
        assertThat(budgets.status(NOON).get(0).spentKnownUsd()).isEqualByComparingTo("0.02");
        assertThat(budgets.status(NOON).get(0).windowEnd()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
    }

    @Test
    void sumsBeyondAllMoneyStayThereAndRefuse() {
        Budgets budgets = Budgets.builder().all(BudgetPeriod.DAY, "9000000").build();
        budgets.tryReserve(ANYBODY, 1, NOON).settle(Cost.knownPicoUsd(Long.MAX_VALUE));
        budgets.tryReserve(ANYBODY, 0, NOON).settle(Cost.knownPicoUsd(Long.MAX_VALUE));
        assertThat(budgets.tryReserve(ANYBODY, 1, NOON).isRefused()).isTrue();
    }

    @Test
    void aTenantOrUserWithoutANameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budgets.builder().tenant(" ", BudgetPeriod.DAY, "1"))
                .withMessage("tenant must not be blank; the limit of each is set by eachTenant(…)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budgets.builder().user("", BudgetPeriod.DAY, "1"))
                .withMessage("user must not be blank; the limit of each is set by eachUser(…)");
    }

    @Test
    void limitsThatAreNoExactAmountAreRefused() {
        Budgets.Builder builder = Budgets.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.all(BudgetPeriod.DAY, "ten"))
                .withMessage("limit must be a decimal number of US dollars, was ten");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.all(BudgetPeriod.DAY, "-1"))
                .withMessage("limit must be in [0, 9000000] US dollars, was -1");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.all(BudgetPeriod.DAY, "9000000.01"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.all(BudgetPeriod.DAY, "1E+999999999"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.all(BudgetPeriod.DAY, "0.0000000000001"))
                .withMessage("limit must have at most twelve decimals, was 0.0000000000001");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.all(BudgetPeriod.DAY, "1E-999999999"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxAccounts(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budgets.builder().build().tryReserve(ANA, -1, NOON))
                .withMessage("picoUsd must be at least 0, was -1");
    }

    private static BudgetStatus only(Budgets budgets, CallContext context) {
        List<BudgetStatus> statuses = budgets.status(context, NOON);
        assertThat(statuses).hasSize(1);
        return statuses.get(0);
    }

    private static void assertAmounts(BudgetStatus status, String known, String estimated, String reserved) {
        assertThat(status.spentKnownUsd()).as("known").isEqualByComparingTo(known);
        assertThat(status.spentEstimatedUsd()).as("estimated").isEqualByComparingTo(estimated);
        assertThat(status.reservedUsd()).as("reserved").isEqualByComparingTo(reserved);
    }

    private static CallContext caller(String tenant, String user) {
        return CallContext.builder().tenant(tenant).userId(user).build();
    }
}
