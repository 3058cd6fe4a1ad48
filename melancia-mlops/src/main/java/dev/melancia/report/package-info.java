/**
 * Writes what a benchmark found, for a terminal, a page, a sheet or a program.
 *
 * <pre>{@code
 * ReportFormat.HTML.write(report, Path.of("report.html"));     // one file, no network, for people
 * ReportFormat.CSV.write(report, Path.of("answers.csv"));      // one row an answer
 * String tables = ReportFormat.TEXT.render(report);            // two tables for the terminal
 * }</pre>
 *
 * Every format but the tables holds questions and answers in full. Numbers are written the same in every locale.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.report;

import org.jspecify.annotations.NullMarked;
