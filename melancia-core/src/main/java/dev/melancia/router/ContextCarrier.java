package dev.melancia.router;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Takes a task's surroundings along to another thread: SLF4J's diagnostic context and the class loader. Stateless. */
final class ContextCarrier {

    private ContextCarrier() {}

    static Runnable carry(Runnable task) {
        Map<String, String> caller = MDC.getCopyOfContextMap();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return () -> {
            Map<String, String> before = MDC.getCopyOfContextMap();
            ClassLoader loaderBefore = Thread.currentThread().getContextClassLoader();
            enter(caller, loader);
            try {
                task.run();
            } finally {
                enter(before, loaderBefore);
            }
        };
    }

    private static void enter(@Nullable Map<String, String> context, ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
        if (context == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(context);
        }
    }
}
