package dev.melancia.experiment;

/**
 * What was recorded by a {@linkplain ExperimentTrackerBuilder#synchronous synchronous} tracker is in its folder, but not
 * on the server: the server refused it, or it did not arrive in time. The message names the item and the reason, never a
 * value.
 *
 * @since 0.1.0
 */
public final class NotDeliveredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String item;
    private final boolean refused;
    private final String serverMessage;
    private String runId = "";

    private NotDeliveredException(String message, String item, boolean refused, String serverMessage) {
        super(message);
        this.item = item;
        this.refused = refused;
        this.serverMessage = serverMessage;
    }

    static NotDeliveredException refused(String item, String reason, String serverMessage) {
        return new NotDeliveredException(
                "MLflow refuses " + item + ": " + reason + "; it is in the folder and is not sent again",
                item,
                true,
                serverMessage);
    }

    static NotDeliveredException late(String item, String why) {
        return new NotDeliveredException(
                item + " did not reach MLflow in time: " + why
                        + "; it is in the folder and is sent as soon as the server takes it",
                item,
                false,
                "");
    }

    /** Completes it before it is thrown on. */
    NotDeliveredException of(String run) {
        runId = run;
        return this;
    }

    /**
     * {@link Run#id()} of the run. One whose start or resumption was not delivered is ended as {@link RunStatus#KILLED};
     * {@link ExperimentTracker#resume} goes on with it.
     */
    public String runId() {
        return runId;
    }

    /** What it is about, such as {@code metric "loss" of run "first"}. */
    public String item() {
        return item;
    }

    /** Whether the server refused it for what it is; otherwise it is still going to be delivered. */
    public boolean refused() {
        return refused;
    }

    /** The server's own words, which may repeat what was sent; empty when there are none. */
    public String serverMessage() {
        return serverMessage;
    }
}
