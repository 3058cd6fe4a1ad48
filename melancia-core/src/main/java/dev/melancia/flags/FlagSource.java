package dev.melancia.flags;

/**
 * Which source answered, strongest first.
 *
 * @since 0.1.0
 */
public enum FlagSource {
    /** A value set in Java at run time. */
    JAVA,
    /** An environment variable. */
    ENVIRONMENT,
    /** The flag file. */
    FILE,
    /** The default the flag was declared with. */
    BUILT_IN,
    /** The default of the very call: no source knows the flag. */
    CALLER
}
