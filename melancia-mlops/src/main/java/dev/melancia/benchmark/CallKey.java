package dev.melancia.benchmark;

/**
 * Names one question to one subject in one repeat. Immutable.
 *
 * @param subject name of the subject
 * @param question id of the question
 * @param repeat from 0
 */
record CallKey(String subject, String question, int repeat) {}
