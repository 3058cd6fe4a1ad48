package dev.melancia.router;

import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One schedule: a router with settings, models and callers drawn from a seed, in a world where only virtual time passes.
 * First everything happens that was drawn; then what hangs is let go; a day later the models are sound, and must be called
 * again. In between and at the end the checks look.
 *
 * <p>Not simulated: models on their caller's thread under {@link Deadlines}, our own worker and timer threads, the cache.
 */
final class Simulation {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");
    private static final int STAGE_MILLIS = 3_000;
    private static final int SOUND_CALLS = 3;

    final SimulatedWorld world;
    private final SimulatedSettings settings;
    private final List<ScriptedModel> models;
    private final List<SimulatedCall> calls = new ArrayList<>();
    private final SimulatedExecutor executor;
    private final ModelRouter router;

    private Simulation(long seed, SimulatedWorld.Theatre theatre, List<String> trace) {
        Chance chance = new Chance(seed);
        this.world = new SimulatedWorld(chance, theatre, trace);
        this.settings = new SimulatedSettings(world);
        this.models = settings.candidates.stream()
                .map(candidate -> new ScriptedModel(world, candidate, this::mayInterrupt))
                .toList();
        this.executor = new SimulatedExecutor(world, settings.refusedTasks, settings.executorDelayMillis);
        this.router = router(chance.oneOf(0L, Long.MAX_VALUE - 1_000_000_000L, chance.bits()));
        world.tell(settings::toString);
    }

    private ModelRouter router(long origin) {
        ModelRouterBuilder builder = Fakes.router()
                .time(nowMillis(), () -> origin + world.now())
                .random(world.chance::bits)
                .executor(executor)
                .simulated(world, world)
                .ownThreads(task -> world.begin(0, task));
        models.forEach(model -> builder.model(model.candidate, model, model.streaming()));
        settings.apply(builder);
        return builder.build();
    }

    private InstantSource nowMillis() {
        return () -> MIDNIGHT.plusNanos(world.now());
    }

    /** What is wrong with this seed's schedule; empty when nothing is. */
    static List<String> violations(long seed, SimulatedWorld.Theatre theatre, List<String> trace) {
        Simulation simulation = new Simulation(seed, theatre, trace);
        simulation.run();
        return simulation.world.violations;
    }

    private void run() {
        SimulatedChecks checks = new SimulatedChecks(world, settings, router);
        draw();
        world.runUntilQuiet();
        if (!settings.limits.isNone()) {
            checks.everyCallIsOver(calls); // though models may hang
        }
        for (int freed = world.free(); freed > 0; freed = world.free()) {
            world.runUntilQuiet();
        }
        checks.everyCallIsOver(calls);
        checks.nothingIsHeld();
        calls.forEach(call -> checks.call(call, models));
        checks.spending(calls, MIDNIGHT.toEpochMilli());
        recover();
        checks.nothingIsHeld();
        checks.everyModelIsWell();
        router.close();
    }

    private void draw() {
        Chance chance = world.chance;
        int count = chance.between(1, 10);
        int stage = chance.oneOf(0, 500, STAGE_MILLIS);
        for (int i = 1; i <= count; i++) {
            SimulatedCall call = chance.of(.5) ? blocking("call " + i) : stream("call " + i);
            long start = stage == 0 ? 0 : chance.nanosUpTo(stage);
            begin(call, start, settings.context(call));
            calls.add(call);
            if (call instanceof SimulatedCall.Blocking mayBeInterrupted && chance.of(.2)) {
                world.at(start + chance.nanosUpTo(1_500), mayBeInterrupted::interrupt);
            }
        }
        for (int swaps = chance.below(4); swaps > 0; swaps--) {
            String version = "swap " + swaps;
            world.at(chance.nanosUpTo(STAGE_MILLIS), () -> router.swapPolicy(settings.policy(version)));
        }
    }

    private void begin(SimulatedCall call, long delayNanos, CallContext context) {
        SimulatedThread unused = world.begin(delayNanos, () -> call.make(router, context));
    }

    /** Interrupts come at any time, and now and then just when a model returns. */
    private void mayInterrupt(String name) {
        for (SimulatedCall call : calls) {
            if (call.name.equals(name) && call instanceof SimulatedCall.Blocking blocking && world.chance.of(.05)) {
                world.at(0, blocking::interrupt);
            }
        }
    }

    private SimulatedCall blocking(String name) {
        return new SimulatedCall.Blocking(world, name);
    }

    private SimulatedCall stream(String name) {
        return new SimulatedStream(world, name, settings.slowHostMillis);
    }

    /** Everything is sound again, a day later: each model is asked a few times. */
    private void recover() {
        world.tell(() -> "a day later");
        executor.broken = false;
        models.forEach(model -> model.sound = true);
        long start = TimeUnit.HOURS.toNanos(25);
        for (ScriptedModel model : models) {
            for (int i = 0; i < SOUND_CALLS; i++) {
                SimulatedCall call = blocking("sound " + model.candidate.id() + " " + i);
                begin(
                        call,
                        start,
                        CallContext.builder()
                                .listener(call)
                                .forcedModel(model.candidate.id())
                                .build());
                start += TimeUnit.MINUTES.toNanos(1);
                world.at(
                        start - 1,
                        () -> world.require(
                                call.records.size() == 1 && call.records.get(0).outcome() == Outcome.ANSWERED,
                                () -> "a sound model is not asked: " + call.error));
            }
        }
        world.runUntilQuiet();
    }
}
