package dev.melancia.examples.extractive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Turns Portuguese text into the stems that are indexed and searched. The stop words are our own: those that come with
 * the analyser are written without accents and so miss "não" and "é", and a question adds words of asking ("posso",
 * "gostaria") that say nothing about its subject. Thread-safe.
 */
final class Terms {

    private static final String STOP_WORDS = "stopwords.txt";

    private final Analyzer analyzer = new BrazilianAnalyzer(WordlistLoader.getWordSet(stopWords()));

    Terms() throws IOException {}

    Analyzer analyzer() {
        return analyzer;
    }

    /** Stems of the text in their order, with repetitions. */
    List<String> of(String text) {
        List<String> terms = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(term.toString());
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string failed", e);
        }
        return terms;
    }

    private static InputStreamReader stopWords() {
        InputStream in = Terms.class.getResourceAsStream(STOP_WORDS);
        return new InputStreamReader(Objects.requireNonNull(in, STOP_WORDS), StandardCharsets.UTF_8);
    }
}
