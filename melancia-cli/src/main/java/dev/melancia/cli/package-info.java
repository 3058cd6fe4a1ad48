/**
 * Benchmarks from the command line: a suite is run, resumed, reported on and compared with an earlier run.
 *
 * <pre>{@code
 * java -jar melancia-cli.jar run suite.json --folder runs/monday
 * java -jar melancia-cli.jar report suite.json --folder runs/monday --language pt
 * java -jar melancia-cli.jar compare suite.json --folder runs/monday --earlier runs/friday
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.cli;

import org.jspecify.annotations.NullMarked;
