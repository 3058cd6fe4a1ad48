/**
 * Traces of MLflow: what happened inside one call, as a tree of spans, and what people and scorers say of it. The values here
 * write themselves as the JSON that MLflow 3.17 reads; {@link dev.melancia.mlflow.trace.Traces} sends and reads them at once.
 * For calls of production, which never wait for a server, put them into a journal as
 * {@link dev.melancia.mlflow.event.TraceEvent}s.
 *
 * <pre>{@code
 * Span root = Span.builder("answer", SpanType.CHAIN).time(start, end).inputs(question).outputs(answer).build();
 * Span model = Span.builder("chat", SpanType.CHAT_MODEL).parent(root).time(start, end)
 *         .model("openai", "gpt-4o-mini").inputTokens(210).outputTokens(34).costUsd(new BigDecimal("0.0000315"), new BigDecimal("0.0000204"))
 *         .build();
 * Trace trace = Trace.builder(Trace.idOf("request-17")).span(root).span(model).session("s-9").build();
 * Assessment correct = Assessment.builder(Assessment.idOf("request-17 correct"), "correctness",
 *         AssessmentSource.code("exact-match")).feedback(1.0).build();
 * journal.append(EventCodec.encode(new TraceEvent.Spans(target, end, trace.toOtlpJson())));
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.mlflow.trace;

import org.jspecify.annotations.NullMarked;
