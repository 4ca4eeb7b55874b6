package org.orrery.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or a request to terminate: asks the run to stop, and holds the JVM's end until the run has printed its last line. */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final CountDownLatch printed = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean happened;

    /** @param stop makes the run come to its end; called on another thread */
    Interruption(Runnable stop) {
        hook = new Thread(() -> interrupt(stop), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean happened() {
        return happened;
    }

    private void interrupt(Runnable stop) {
        happened = true;
        stop.run();
        try {
            printed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last line is printed. */
    @Override
    public void close() {
        printed.countDown();
        if (!happened) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
