package dev.melancia.trace;

import dev.melancia.call.CallId;
import dev.melancia.call.CallRecord;
import dev.melancia.mlflow.trace.Assessment;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** What waits to be written; put into words on the writer's thread. */
sealed interface Entry {

    /** A call ended. */
    record Called(CallRecord call) implements Entry {}

    /** The texts of a call, which come right after it and on the same thread. */
    record Told(CallRecord call, CallText text) implements Entry {}

    /** Something was said of a call. */
    record Said(CallId call, Instant time, Supplier<List<Assessment>> assessments) implements Entry {}

    /** Somebody waits until all before it is written. */
    record Asked(CountDownLatch written) implements Entry {}
}
