package dev.melancia.cli;

import dev.melancia.regression.Findings;

/** What the program tells the shell. */
final class ExitCode {

    /** Done, and every rule held. */
    static final int OK = Findings.OK;
    /** Done, and a rule did not hold. */
    static final int RULE_BROKEN = Findings.BROKEN;
    /** Nothing was done: the command, the suite or its dataset is wrong. */
    static final int BAD_INPUT = Findings.BAD_USAGE;
    /** Done, and the evidence does not say whether every rule held. */
    static final int INCONCLUSIVE = Findings.INCONCLUSIVE;
    /** The run stopped before its end; the same command goes on where it stopped. */
    static final int UNFINISHED = 4;

    private ExitCode() {}
}
