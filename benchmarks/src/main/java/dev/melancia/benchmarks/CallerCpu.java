package dev.melancia.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A profiler of JMH that tells how much processor time an operation takes: of the threads that call ({@code cpu.caller}),
 * and of the whole process with its compiler and collector ({@code cpu.process}, in steps of 10 ms an iteration). On a
 * machine that others use too, processor time holds where wall time does not. Virtual callers have no time of their own.
 */
public final class CallerCpu implements InternalProfiler {

    static final String CALLER = "cpu.caller";
    static final String PROCESS = "cpu.process";
    private static final String WORKER = "jmh-worker";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long callersBefore;
    private long processBefore;

    @Override
    public String getDescription() {
        return "processor time of the calling threads, and of the process, an operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        callersBefore = callersNanos();
        processBefore = system.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long operations = result.getMetadata().getAllOps();
        long callers = callersNanos() - callersBefore;
        long process = system.getProcessCpuTime() - processBefore;
        List<ScalarResult> perOperation = new ArrayList<>();
        if (operations > 0) {
            perOperation.add(perOperation(PROCESS, process, operations));
            if (callers > 0) {
                perOperation.add(perOperation(CALLER, callers, operations));
            }
        }
        return perOperation;
    }

    private static ScalarResult perOperation(String label, long nanos, long operations) {
        return new ScalarResult(label, (double) nanos / operations, "ns/op", AggregationPolicy.AVG);
    }

    private long callersNanos() {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains(WORKER)) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }
}
