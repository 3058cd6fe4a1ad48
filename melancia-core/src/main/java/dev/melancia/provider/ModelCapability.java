package dev.melancia.provider;

/**
 * What a model can do beyond answering text with text. A request that needs a capability its model does not declare is
 * refused by the router before any money is spent.
 *
 * @since 0.1.0
 */
public enum ModelCapability {
    /** Answers piece by piece. */
    STREAMING,
    /** Asks for tools and takes their results. */
    TOOLS,
    /** Answers to a given JSON schema. */
    JSON_SCHEMA,
    /** Reads images in a message. */
    IMAGES
}
