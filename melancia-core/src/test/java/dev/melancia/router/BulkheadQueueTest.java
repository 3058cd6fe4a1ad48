package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkheadQueueTest {

    private final Bulkhead bulkhead = new Bulkhead(1, 2);
    private final List<String> permitted = new ArrayList<>();

    @BeforeEach
    void theOnlyPermitIsTaken() {
        assertThat(bulkhead.tryAcquire()).isTrue();
    }

    private Bulkhead.Place enter(String who) {
        Bulkhead.Place place = bulkhead.enter(() -> permitted.add(who));
        assertThat(place).isNotNull();
        return place;
    }

    @Test
    void whoeverCameFirstIsServedFirst() {
        Bulkhead.Place first = enter("first");
        Bulkhead.Place second = enter("second");
        assertThat(first.hasPermit()).isFalse();

        bulkhead.release();
        assertThat(first.hasPermit()).isTrue();
        assertThat(second.hasPermit()).isFalse();
        bulkhead.release();
        assertThat(second.hasPermit()).isTrue();
        assertThat(permitted).containsExactly("first", "second");
    }

    @Test
    void nobodyOvertakesWhoWaits() {
        enter("first");
        assertThat(bulkhead.tryAcquire()).isFalse();
        bulkhead.release();

        assertThat(bulkhead.tryAcquire()).isFalse();
        assertThat(bulkhead.taken()).isOne();
    }

    @Test
    void noMoreWaitThanThereArePlaces() {
        enter("first");
        assertThat(bulkhead.isFull()).isFalse();
        enter("second");

        assertThat(bulkhead.enter(() -> {})).isNull();
        assertThat(bulkhead.isFull()).isTrue();
        assertThat(bulkhead.queued()).isEqualTo(2);
    }

    @Test
    void whoeverLeavesTheQueueLeavesNoPlaceBehind() {
        Bulkhead.Place first = enter("first");
        enter("second");
        bulkhead.leave(first);
        assertThat(bulkhead.queued()).isOne();
        assertThat(bulkhead.isFull()).isFalse();

        bulkhead.release();
        assertThat(permitted).containsExactly("second");
        assertThat(first.hasPermit()).isFalse();
        bulkhead.release();
        assertThat(bulkhead.taken()).isZero();
    }

    @Test
    void whoeverLeavesWithAPermitHandsItOn() {
        Bulkhead.Place first = enter("first");
        Bulkhead.Place second = enter("second");
        bulkhead.release();
        bulkhead.leave(first);

        assertThat(second.hasPermit()).isTrue();
        bulkhead.leave(second);
        assertThat(bulkhead.taken()).isZero();
    }

    @Test
    void aFreePermitNeedsNoWaiting() {
        bulkhead.release();

        assertThat(enter("first").hasPermit()).isTrue();
        assertThat(permitted).isEmpty();
    }

    @Test
    void withoutPlacesNobodyWaits() {
        Bulkhead none = new Bulkhead(1);
        Bulkhead.Place place = none.enter(() -> {});

        assertThat(none.enter(() -> {})).isNull();
        none.leave(place);
        assertThat(none.taken()).isZero();
    }
}
