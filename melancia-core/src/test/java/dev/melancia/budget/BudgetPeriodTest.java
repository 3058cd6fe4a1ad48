package dev.melancia.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BudgetPeriodTest {

    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void dayRunsFromMidnightToMidnightOfTheZone() {
        assertWindow(
                BudgetPeriod.DAY, SAO_PAULO, "2026-11-22T12:00:00Z", "2026-11-22T03:00:00Z", "2026-11-23T03:00:00Z");
        assertWindow(
                BudgetPeriod.DAY,
                ZoneOffset.UTC,
                "2026-11-22T12:00:00Z",
                "2026-11-22T00:00:00Z",
                "2026-11-23T00:00:00Z");
    }

    @Test
    void hourFollowsTheZoneWhereItIsNotWholeHoursFromUtc() {
        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        assertWindow(
                BudgetPeriod.HOUR, kolkata, "2026-11-22T12:10:00Z", "2026-11-22T11:30:00Z", "2026-11-22T12:30:00Z");
    }

    @Test
    void dayHas23HoursWhenClocksGoForwardAnd25WhenTheyGoBack() {
        assertThat(hours(BudgetPeriod.DAY, BERLIN, "2026-03-29T12:00:00Z")).isEqualTo(23);
        assertThat(hours(BudgetPeriod.DAY, BERLIN, "2026-10-25T12:00:00Z")).isEqualTo(25);
        assertThat(hours(BudgetPeriod.DAY, SAO_PAULO, "2018-11-04T12:00:00Z")).isEqualTo(23); // no midnight that day
        assertThat(hours(BudgetPeriod.DAY, SAO_PAULO, "2018-02-17T12:00:00Z")).isEqualTo(25); // 23:00 came twice
    }

    @Test
    void bothHoursThatBearTheSameNameAreHoursOfTheirOwn() {
        assertWindow(BudgetPeriod.HOUR, BERLIN, "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z");
        assertWindow(BudgetPeriod.HOUR, BERLIN, "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    }

    @Test
    void clocksThatGoBackByHalfAnHourMakeAShortHourNotALongOne() {
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
        assertWindow(
                BudgetPeriod.HOUR, lordHowe, "2026-04-04T14:59:59Z", "2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z");
        assertWindow(
                BudgetPeriod.HOUR, lordHowe, "2026-04-04T15:00:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z");
    }

    @Test
    void dayThatHasBegunDoesNotEndAgainWhenClocksGoBackOverMidnight() {
        ZoneId newfoundland = ZoneId.of("America/St_Johns"); // at 00:01 back to 23:01 of the day before
        Window sunday = window(BudgetPeriod.DAY, newfoundland, "2010-11-07T12:00:00Z");
        assertThat(window(BudgetPeriod.DAY, newfoundland, "2010-11-07T02:30:30Z"))
                .isEqualTo(sunday);
        assertThat(window(BudgetPeriod.DAY, newfoundland, "2010-11-07T02:31:30Z"))
                .isEqualTo(sunday);
        assertThat(window(BudgetPeriod.DAY, newfoundland, "2010-11-07T02:29:59Z"))
                .isNotEqualTo(sunday);
    }

    @Test
    void dayBeforeOneThatNeverWasEndsWithTheDayAfterIt() {
        ZoneId samoa = ZoneId.of("Pacific/Apia"); // had no 30 December 2011
        Window before = window(BudgetPeriod.DAY, samoa, "2011-12-30T09:00:00Z");
        assertThat(Instant.ofEpochMilli(before.endMillis()))
                .isEqualTo(LocalDate.of(2011, 12, 31).atStartOfDay(samoa).toInstant());
    }

    @Test
    void windowsFollowEachOtherWithoutGapOrOverlapInEveryZone() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            for (Instant time : moments(zone, random)) {
                for (BudgetPeriod period : BudgetPeriod.values()) {
                    assertFitsItsNeighbours(period, zone, time, id + " " + time + " seed " + seed);
                }
            }
        }
    }

    private static void assertFitsItsNeighbours(BudgetPeriod period, ZoneId zone, Instant time, String what) {
        Window window = period.windowAt(time, zone);
        assertThat(time.toEpochMilli())
                .as(what)
                .isGreaterThanOrEqualTo(window.startMillis())
                .isLessThan(window.endMillis());
        assertThat(at(period, zone, window.startMillis())).as(what).isEqualTo(window);
        assertThat(at(period, zone, window.endMillis() - 1)).as(what).isEqualTo(window);
        assertThat(at(period, zone, window.endMillis()).startMillis()).as(what).isEqualTo(window.endMillis());
        long longest = period == BudgetPeriod.HOUR ? 1 : 49; // a day repeated on the date line
        assertThat(window.endMillis() - window.startMillis())
                .as(what)
                .isLessThanOrEqualTo(Duration.ofHours(longest).toMillis());
        if (period == BudgetPeriod.DAY) {
            Window hour = at(BudgetPeriod.HOUR, zone, window.startMillis());
            assertThat(hour.startMillis())
                    .as("an hour begins with the day: " + what)
                    .isEqualTo(window.startMillis());
        }
    }

    /** Anywhere in fifty years, and where clocks are changed. */
    private static List<Instant> moments(ZoneId zone, Random random) {
        List<Instant> moments = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Instant any = Instant.ofEpochSecond(random.nextInt(1_600_000_000), random.nextInt(1_000_000_000));
            moments.add(any);
            ZoneOffsetTransition change = zone.getRules().nextTransition(any);
            if (change != null) {
                moments.add(change.getInstant());
                moments.add(change.getInstant().plusSeconds(random.nextInt(14_400) - 7_200L));
            }
        }
        return moments;
    }

    private static void assertWindow(BudgetPeriod period, ZoneId zone, String time, String start, String end) {
        Window window = window(period, zone, time);
        assertThat(Instant.ofEpochMilli(window.startMillis())).isEqualTo(Instant.parse(start));
        assertThat(Instant.ofEpochMilli(window.endMillis())).isEqualTo(Instant.parse(end));
    }

    private static long hours(BudgetPeriod period, ZoneId zone, String time) {
        Window window = window(period, zone, time);
        return Duration.ofMillis(window.endMillis() - window.startMillis()).toHours();
    }

    private static Window window(BudgetPeriod period, ZoneId zone, String time) {
        return period.windowAt(Instant.parse(time), zone);
    }

    private static Window at(BudgetPeriod period, ZoneId zone, long millis) {
        return period.windowAt(Instant.ofEpochMilli(millis), zone);
    }
}
