package dev.melancia.router;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Virtual threads where the platform has them (21 and later), through method handles since we compile for 17. */
final class VirtualThreads {

    private static final @Nullable MethodHandle IS_VIRTUAL = find(() ->
            MethodHandles.publicLookup().findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class)));
    private static final @Nullable MethodHandle START = find(() -> MethodHandles.publicLookup()
            .findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class)));

    private VirtualThreads() {}

    static boolean isCurrent() {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable e) { // a method handle declares it; isVirtual() throws nothing
            throw new IllegalStateException("Thread.isVirtual failed", e);
        }
    }

    static void start(Runnable task) {
        if (START == null) {
            throw new RejectedExecutionException("this platform has no virtual threads");
        }
        try {
            Thread started = (Thread) START.invokeExact(task);
            assert started != null;
        } catch (Throwable e) { // a method handle declares it
            throw new RejectedExecutionException("virtual thread could not be started", e);
        }
    }

    private static @Nullable MethodHandle find(Lookup lookup) {
        try {
            return lookup.find();
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    private interface Lookup {
        MethodHandle find() throws NoSuchMethodException, IllegalAccessException;
    }
}
