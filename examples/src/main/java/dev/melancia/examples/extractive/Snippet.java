package dev.melancia.examples.extractive;

/** A piece of a passage that an answer may quote. Immutable. */
record Snippet(String source, String title, String text) {}
