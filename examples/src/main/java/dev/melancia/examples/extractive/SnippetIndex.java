package dev.melancia.examples.extractive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * Finds the snippet that fits a question best, and says how much of the question it covers.
 *
 * <p>The order is BM25 (Robertson and Zaragoza 2009, doi:10.1561/1500000019) over title and text with Lucene's defaults
 * k1 = 1.2 and b = 0.75. Snippets are indexed in the order of their source ids, so that neither the order of the
 * knowledge base nor a tie changes an answer. It lives on the heap and holds nothing to close. Thread-safe.
 */
final class SnippetIndex {

    private static final BM25Similarity BM25 = new BM25Similarity();
    private static final String TITLE = "title";
    private static final String TEXT = "text";
    /** How much a word counts in the title, where it counts 1 in the text; fitted on the tuning questions. */
    private static final float TITLE_BOOST = 0.2f;
    /** Lucene refuses more than 1,024 clauses; each term is two. The rarest terms stay. */
    private static final int MAX_QUERY_TERMS = 256;

    private final Terms terms;
    private final List<Snippet> snippets;
    private final List<Set<String>> vocabularies;
    private final Map<String, Integer> snippetsWithTerm = new HashMap<>();
    private final IndexSearcher searcher;

    SnippetIndex(List<Snippet> snippets, Terms terms) throws IOException {
        this.terms = terms;
        this.snippets =
                snippets.stream().sorted(Comparator.comparing(Snippet::source)).toList();
        this.vocabularies = this.snippets.stream()
                .map(snippet -> Set.copyOf(terms.of(snippet.title() + "\n" + snippet.text())))
                .toList();
        vocabularies.forEach(words -> words.forEach(word -> snippetsWithTerm.merge(word, 1, Integer::sum)));
        this.searcher = new IndexSearcher(DirectoryReader.open(index()));
        searcher.setSimilarity(BM25);
        searcher.setQueryCache(null);
    }

    /** A snippet and the share of the question that it covers, in [0, 1]. */
    record Match(Snippet snippet, double coverage) {}

    /** The best snippet; empty when it has no word of the question. */
    Optional<Match> best(String question) {
        List<String> asked = List.copyOf(new HashSet<>(terms.of(question)));
        BooleanQuery query = query(asked);
        if (query.clauses().isEmpty()) {
            return Optional.empty();
        }
        try {
            ScoreDoc[] found = searcher.search(query, 1).scoreDocs;
            return Optional.of(new Match(snippets.get(found[0].doc), coverage(asked, vocabularies.get(found[0].doc))));
        } catch (IOException e) {
            throw new UncheckedIOException("searching an index on the heap failed", e);
        }
    }

    private BooleanQuery query(List<String> asked) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        asked.stream()
                .filter(snippetsWithTerm::containsKey)
                .sorted(Comparator.comparingDouble(this::idf).reversed().thenComparing(Comparator.naturalOrder()))
                .limit(MAX_QUERY_TERMS)
                .forEach(term -> {
                    query.add(
                            new BoostQuery(new TermQuery(new Term(TITLE, term)), TITLE_BOOST),
                            BooleanClause.Occur.SHOULD);
                    query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD);
                });
        return query.build();
    }

    /** Share of the question's idf weight that stands in the vocabulary; a word that no snippet has weighs most. */
    private double coverage(List<String> asked, Set<String> vocabulary) {
        double covered = 0;
        double all = 0;
        for (String term : asked) {
            double weight = idf(term);
            all += weight;
            covered += vocabulary.contains(term) ? weight : 0;
        }
        return covered / all;
    }

    private double idf(String term) {
        int with = snippetsWithTerm.getOrDefault(term, 0);
        return Math.log1p((snippets.size() - with + 0.5) / (with + 0.5));
    }

    /** Without merges, a document's number is the snippet's place in the list, and no thread is started. */
    private Directory index() throws IOException {
        Directory directory = new ByteBuffersDirectory();
        List<Document> documents = new ArrayList<>();
        for (Snippet snippet : snippets) {
            Document document = new Document();
            document.add(new TextField(TITLE, snippet.title(), Field.Store.NO));
            document.add(new TextField(TEXT, snippet.text(), Field.Store.NO));
            documents.add(document);
        }
        IndexWriterConfig config = new IndexWriterConfig(terms.analyzer())
                .setMergePolicy(NoMergePolicy.INSTANCE)
                .setSimilarity(BM25);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            writer.addDocuments(documents);
        }
        return directory;
    }
}
