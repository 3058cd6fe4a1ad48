package dev.melancia.router;

import dev.langchain4j.exception.TimeoutException;
import dev.melancia.MelanciaException;
import dev.melancia.budget.BudgetScope;
import dev.melancia.budget.BudgetStatus;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What must hold of every schedule, whatever happened in it. */
final class SimulatedChecks {

    private final SimulatedWorld world;
    private final SimulatedSettings settings;
    private final ModelRouter router;

    SimulatedChecks(SimulatedWorld world, SimulatedSettings settings, ModelRouter router) {
        this.world = world;
        this.settings = settings;
        this.router = router;
    }

    void everyCallIsOver(List<SimulatedCall> calls) {
        for (SimulatedCall call : calls) {
            world.require(call.isOver(), () -> call.name + " never ends");
        }
    }

    void nothingIsHeld() {
        world.require(world.timers() == 0, () -> world.timers() + " timers are left");
        for (RoutedModel model : router.models) {
            int taken = model.bulkhead.taken();
            int queued = model.bulkhead.queued();
            world.require(
                    taken == 0 && queued == 0,
                    () -> model.id() + " has " + taken + " permits taken and " + queued + " places");
            int probes = model.breaker.probes();
            world.require(probes == 0, () -> model.id() + " has " + probes + " probes under way");
        }
    }

    void everyModelIsWell() {
        for (RoutedModel model : router.models) {
            world.require(model.breaker.isClosed(), () -> model.id() + " is sound, and its breaker not closed");
            world.require(
                    router.health().avoidance(model.id()).isEmpty()
                            && router.health().reason(model.id()).isEmpty(),
                    () -> model.id() + " is sound, and not healthy");
        }
    }

    void call(SimulatedCall call, List<ScriptedModel> models) {
        int most = call instanceof SimulatedStream stream && stream.wasCancelled() ? 0 : 1;
        world.require(call.ends == most, () -> call.name + " was told its end " + call.ends + " times");
        world.require(call.records.size() == 1, () -> call.name + " has " + call.records.size() + " records");
        if (call.error != null) {
            world.require(mayBeThrown(call.error), () -> call.name + " is told " + call.error);
        }
        if (call.records.size() == 1) {
            CallRecord record = call.records.get(0);
            result(call, record);
            attempts(call, record);
            models.forEach(model -> asked(call, record, model));
            see(call, record);
            cut(call, record);
        }
    }

    /** Who was not asked costs nothing, and who was has an attempt. */
    private void asked(SimulatedCall call, CallRecord record, ScriptedModel model) {
        int asked = model.asked.getOrDefault(call.name, 0);
        List<Attempt> attempts = record.attempts().stream()
                .filter(attempt -> attempt.model().equals(model.candidate.id()))
                .toList();
        long billed = attempts.stream()
                .filter(attempt -> !attempt.cost().equals(Cost.zero()))
                .count();
        world.require(
                asked <= attempts.size() && billed <= asked,
                () -> call.name + " asked " + model.candidate.id() + " " + asked + " times, recorded is " + attempts
                        + ", billed " + billed);
        long askedAfter = asked == 0 ? 0 : model.askedAt.get(call.name) - call.startNanos;
        world.require(
                settings.limits.isNone() || askedAfter <= limitNanos(call),
                () -> call.name + " asked " + model.candidate.id() + " beyond the limit of a call");
        if (asked == 1
                && attempts.size() == 1
                && settings.executorDelayMillis == 0
                && askedAfter > attempts.get(0).startOffsetNanos()) {
            world.sightings.saw("served after a wait");
        }
        boolean known = record.decision().stream()
                .flatMap(made -> made.candidates().stream())
                .anyMatch(candidate -> candidate.id().equals(model.candidate.id()));
        world.require(known || attempts.isEmpty(), () -> call.name + " tried " + attempts + ", no candidate");
    }

    private void see(SimulatedCall call, CallRecord record) {
        Sightings sightings = world.sightings;
        sightings.saw((record.isStreaming() ? "stream " : "call ") + record.outcome());
        record.attempts().forEach(attempt -> sightings.saw("attempt " + attempt.outcome()));
        record.attempts().stream().filter(Attempt::isHedge).forEach(hedge -> sightings.saw("hedge " + hedge.outcome()));
        record.decision().stream()
                .flatMap(made -> made.rejections().stream())
                .forEach(rejection ->
                        sightings.saw("rejection " + rejection.reason().replaceAll("\\d.*", "")));
        if (record.attempts().size()
                > record.decision().map(made -> made.candidates().size()).orElse(0)) {
            sightings.saw("retry");
        }
        if (record.fellBack()) {
            sightings.saw("fallback");
        }
        if (call.response != null
                && record.durationNanos() == settings.limits.call().toNanos()) {
            sightings.saw("answer in the last moment");
        }
    }

    /** An answer to a prompt that was cut is given where there is no better one. */
    private void cut(SimulatedCall call, CallRecord record) {
        boolean heard = call instanceof SimulatedStream stream && stream.hasHeard();
        boolean fails = !record.outcome().isAnswer()
                && record.outcome() != Outcome.INTERRUPTED
                && !heard
                && !(call.error instanceof Error);
        world.require(
                !fails || count(record.attempts(), Outcome.PROMPT_CUT) == 0,
                () -> call.name + " fails, and had an answer: " + record.attempts());
    }

    /** Errors that say something: scripted ones, those the router documents, and limits. */
    private static boolean mayBeThrown(Throwable error) {
        return error instanceof MelanciaException
                || error instanceof TimeoutException
                || ScriptedFailures.isScripted(error);
    }

    private void result(SimulatedCall call, CallRecord record) {
        String what = call.name + " is told " + (call.error == null ? "an answer" : call.error) + ", recorded is "
                + record.outcome();
        world.require(record.outcome().isAnswer() == (call.response != null), () -> what);
        if (call.response != null) {
            String text = ScriptedModel.textOf(call.response);
            String by = record.answeredBy().map(Object::toString).orElse("nobody");
            world.require(text.startsWith(by + "#"), () -> call.name + " is answered " + text + ", recorded is " + by);
        }
        if (call instanceof SimulatedCall.Blocking blocking && !settings.limits.isNone()) {
            world.require(!blocking.mistookAnInterrupt(), () -> call.name + " lost an interrupt, or made one up");
            world.require(
                    (record.outcome() == Outcome.INTERRUPTED) == call.error instanceof CallInterruptedException,
                    () -> what);
        }
        world.require(
                settings.limits.isNone() || record.durationNanos() <= limitNanos(call),
                () -> call.name + " took " + record.durationNanos() + " ns, beyond the limit of a call");
        world.require(
                call instanceof SimulatedStream || call.endNanos - call.startNanos == record.durationNanos(),
                () -> call.name + " took another time than is recorded");
    }

    /**
     * The limit of a call; for streams with what only the host can shorten: their end is told by its executor, to which it
     * may take two hops, and after the handler that is busy with a piece.
     */
    private long limitNanos(SimulatedCall call) {
        long late = TimeUnit.MILLISECONDS.toNanos(2L * settings.executorDelayMillis + settings.slowHostMillis);
        return settings.limits.call().toNanos() + (call instanceof SimulatedStream ? late : 0);
    }

    private void attempts(SimulatedCall call, CallRecord record) {
        List<Attempt> attempts = record.attempts();
        int candidates = record.decision().map(made -> made.candidates().size()).orElse(0);
        String what = call.name + ": " + record.outcome() + " of " + attempts;
        world.require(attempts.size() <= candidates + settings.mostRetries, () -> "too many attempts, " + what);
        long before = 0;
        for (Attempt attempt : attempts) {
            long end = attempt.startOffsetNanos() + attempt.durationNanos();
            world.require(attempt.startOffsetNanos() >= before, () -> "not in order: " + what);
            world.require(end <= record.durationNanos(), () -> "an attempt ends after its call: " + what);
            world.require(
                    attempt.timeToFirstTokenNanos().orElse(0) <= attempt.durationNanos(),
                    () -> "a first piece after the end: " + what);
            world.require(running(attempts, attempt.startOffsetNanos()) <= 2, () -> "three at once: " + what);
            world.require(attempt.outcome() != Outcome.REJECTED, () -> "an outcome of calls: " + what);
            before = attempt.startOffsetNanos();
        }
        long hedges = attempts.stream().filter(Attempt::isHedge).count();
        world.require(hedges <= (settings.hedging.isNone() ? 0 : 1), () -> "too many hedges: " + what);
        long answers = count(attempts, Outcome.ANSWERED);
        world.require(answers == (record.outcome() == Outcome.ANSWERED ? 1 : 0), () -> answers + " answers: " + what);
        world.require(attempts.isEmpty() == (record.outcome() == Outcome.REJECTED), () -> "no attempt: " + what);
        boolean seen = attempts.stream()
                .filter(attempt -> attempt.outcome() == record.outcome())
                .anyMatch(attempt -> record.isStreaming()
                        || attempt.outcome().isAnswer()
                        || attempt.errorType().isPresent());
        boolean inPause = record.outcome() == Outcome.INTERRUPTED && !seen;
        world.require(attempts.isEmpty() || seen || inPause, () -> "an outcome from nowhere: " + what);
    }

    private static long count(List<Attempt> attempts, Outcome outcome) {
        return attempts.stream().filter(attempt -> attempt.outcome() == outcome).count();
    }

    /** How many were under way just after that time. */
    private static long running(List<Attempt> attempts, long offset) {
        return attempts.stream()
                .filter(attempt -> attempt.startOffsetNanos() <= offset
                        && attempt.startOffsetNanos() + attempt.durationNanos() > offset)
                .count();
    }

    void spending(List<SimulatedCall> calls, long nowMillis) {
        if (settings.budgets == null) {
            return;
        }
        for (BudgetStatus status : settings.budgets.status(nowMillis)) {
            List<SimulatedCall> counted = calls.stream()
                    .filter(call -> status.scope() == BudgetScope.ALL || call.tenant.equals(status.tenant()))
                    .toList();
            equal(status.reservedUsd(), BigDecimal.ZERO, "reserved", status);
            equal(status.spentKnownUsd(), sum(counted, Cost.Kind.KNOWN), "known", status);
            equal(status.spentEstimatedUsd(), sum(counted, Cost.Kind.ESTIMATED), "estimated", status);
        }
    }

    private void equal(BigDecimal budgeted, BigDecimal recorded, String what, BudgetStatus status) {
        world.require(
                budgeted.compareTo(recorded) == 0,
                () -> what + " is " + budgeted + ", by the records " + recorded + ", of " + status);
    }

    private static BigDecimal sum(List<SimulatedCall> calls, Cost.Kind kind) {
        return calls.stream()
                .flatMap(call -> call.records.stream())
                .flatMap(record -> record.attempts().stream())
                .map(Attempt::cost)
                .filter(cost -> cost.kind() == kind)
                .flatMap(cost -> cost.usd().stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
