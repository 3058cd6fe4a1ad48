package dev.melancia.cost;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.provider.ModelId;
import java.util.List;

/**
 * A price table as JSON, in the format that {@code docs/price-table.md} describes: what {@link #write} writes, {@link #read}
 * reads as the same table. Prices are strings, so that they stay exact. Stateless and thread-safe. Where the text comes from
 * is the host's business: no file is read here.
 *
 * @since 0.1.0
 */
public final class PriceTableJson {

    /** The longest document that is read, in characters: 1,048,576. */
    public static final int MAX_CHARACTERS = 1 << 20;

    static final String VERSION = "1";
    static final List<String> TABLE = List.of("$schema", "version", "prices");
    static final List<String> PRICE =
            List.of("models", "validFrom", "validUntil", "usdPerMillionTokens", "source", "asOf");
    static final List<String> USD = List.of("input", "output", "cachedInput", "reasoning");

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectWriter PRETTY = JSON.writer(printer());

    private PriceTableJson() {}

    /**
     * Reads a table.
     *
     * @param json one JSON object, at most {@link #MAX_CHARACTERS} long; a byte order mark in front is passed over
     * @throws PriceTableFormatException when the text is not JSON, is too long or of another version, has a key twice or one
     *     that is not known, a value is out of its range, or two prices of one model overlap in time
     */
    public static PriceTable read(String json) {
        if (requireNonNull(json, "json").length() > MAX_CHARACTERS) {
            throw new PriceTableFormatException("", "the price document " + tooLong(json));
        }
        try {
            return table(new PriceNode("", JSON.readTree(json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json)));
        } catch (JsonProcessingException e) {
            throw notJson(e);
        }
    }

    /**
     * The table as JSON over several lines, which end in {@code \n}.
     *
     * @throws IllegalArgumentException when the document is longer than what is read
     */
    public static String write(PriceTable table) {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode prices = root.putArray("prices");
        table.entries().forEach(entry -> write(entry, prices.addObject()));
        String json = print(root) + "\n";
        if (json.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("a price table as JSON " + tooLong(json) + "; make two tables of it");
        }
        return json;
    }

    private static void write(DatedPrice entry, ObjectNode node) {
        ArrayNode models = node.putArray("models");
        entry.models().forEach(model -> models.add(model.toString()));
        node.put("validFrom", entry.validFrom().toString());
        entry.validUntil().ifPresent(day -> node.put("validUntil", day.toString()));
        TokenPrice price = entry.price();
        ObjectNode usd = node.putObject("usdPerMillionTokens")
                .put("input", price.inputUsdPerMillionTokens().toPlainString())
                .put("output", price.outputUsdPerMillionTokens().toPlainString());
        price.cachedInputUsdPerMillionTokens().ifPresent(cached -> usd.put("cachedInput", cached.toPlainString()));
        price.reasoningUsdPerMillionTokens().ifPresent(reasoning -> usd.put("reasoning", reasoning.toPlainString()));
        node.put("source", entry.source()).put("asOf", entry.asOf().toString());
    }

    private static String print(ObjectNode root) {
        try {
            return PRETTY.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory is always written", e);
        }
    }

    private static PriceTable table(PriceNode root) {
        root.requireOnly(TABLE);
        root.optional("$schema").ifPresent(PriceNode::text);
        PriceNode version = root.required("version");
        if (!version.text().equals(VERSION)) {
            throw version.refuse("must be \"" + VERSION + "\", was " + version.quoted()
                    + "; read the document with the release that knows it");
        }
        PriceNode prices = root.required("prices");
        PriceTable.Builder table = PriceTable.builder();
        prices.items().forEach(item -> table.add(price(item.requireOnly(PRICE))));
        return prices.make(table::build);
    }

    private static DatedPrice price(PriceNode node) {
        ModelId[] models = node.required("models").items().stream()
                .map(id -> id.make(() -> ModelId.of(id.text())))
                .toArray(ModelId[]::new);
        TokenPrice price = tokens(node.required("usdPerMillionTokens").requireOnly(USD));
        DatedPrice.Builder dated = node.required("models").make(() -> DatedPrice.builder(price, models));
        PriceNode from = node.required("validFrom");
        from.make(() -> dated.validFrom(from.day()));
        node.optional("validUntil").ifPresent(until -> until.make(() -> dated.validUntil(until.day())));
        PriceNode source = node.required("source");
        source.make(() -> dated.source(source.text()));
        PriceNode asOf = node.required("asOf");
        asOf.make(() -> dated.asOf(asOf.day()));
        return node.make(dated::build);
    }

    private static TokenPrice tokens(PriceNode usd) {
        PriceNode input = usd.required("input");
        PriceNode output = usd.required("output");
        TokenPrice whole = usd.make(() -> TokenPrice.usdPerMillionTokens(input.decimal(), output.decimal()));
        TokenPrice withCached = usd.optional("cachedInput")
                .map(cached -> cached.make(() -> whole.withCachedInput(cached.decimal())))
                .orElse(whole);
        return usd.optional("reasoning")
                .map(reasoning -> reasoning.make(() -> withCached.withReasoning(reasoning.decimal())))
                .orElse(withCached);
    }

    private static String tooLong(String json) {
        return "must be at most " + MAX_CHARACTERS + " characters long, was " + json.length();
    }

    private static PriceTableFormatException notJson(JsonProcessingException e) {
        String what = e instanceof MismatchedInputException
                ? "must be one JSON object; remove what follows it"
                : "is not valid JSON: " + e.getOriginalMessage();
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return new PriceTableFormatException("", "the price document " + what + place, e);
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        return new DefaultPrettyPrinter(separators).withObjectIndenter(lines);
    }
}
