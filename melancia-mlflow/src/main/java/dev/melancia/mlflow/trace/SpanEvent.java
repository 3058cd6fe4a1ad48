package dev.melancia.mlflow.trace;

import java.util.List;

/** A moment within a span. Immutable. */
record SpanEvent(String name, long epochNanos, List<OtlpAttribute> attributes) {}
