package dev.melancia.experiment;

import java.util.Optional;

/**
 * What a push came to. Immutable.
 *
 * @param complete whether everything in the folder is on the server or set aside; false when the time was over before that
 * @param delivered events this push brought over, at least 0; those that were on the server before are not sent again, and
 *     those another uploader brought meanwhile are not counted
 * @param setAside events the server refused for what they are, at least 0; kept with the reasons in the folder
 * @param damaged places of the journal that hold no whole line and were skipped, at least 0
 * @param problem why the server could not be reached or what it answered last; empty when all went well
 * @since 0.1.0
 */
public record PushResult(boolean complete, long delivered, long setAside, long damaged, Optional<String> problem) {}
