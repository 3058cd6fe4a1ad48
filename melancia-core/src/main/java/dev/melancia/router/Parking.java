package dev.melancia.router;

import java.util.concurrent.locks.LockSupport;

/** How a caller waits for its call and is woken: the platform's way, unless a simulation brings its own. */
interface Parking {

    /** Waits until woken, interrupted, or for no reason at all; at most as long as given. */
    void park(Object blocker, long nanos);

    void unpark(Thread thread);

    static Parking platform() {
        return Platform.INSTANCE;
    }

    /** {@link LockSupport}. */
    enum Platform implements Parking {
        INSTANCE;

        @Override
        public void park(Object blocker, long nanos) {
            LockSupport.parkNanos(blocker, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            LockSupport.unpark(thread);
        }
    }
}
