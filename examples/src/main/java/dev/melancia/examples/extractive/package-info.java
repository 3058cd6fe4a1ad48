/**
 * A small real provider, written as a third party would write one: it answers Portuguese questions about retail media
 * by quoting the best matching text of a knowledge base, with no key, no server and no network.
 *
 * <pre>{@code
 * ChatModelProviders providers = ChatModelProviders.discover();
 * ChatModel model = providers.chatModel(ModelSettings.of(ModelId.of("extractive/passage")));
 * String answer = model.chat("Em quantos dias depois do clique uma venda ainda conta para o meu anúncio?");
 * List<String> sources = AnswerSources.of(answer); // [rm-07]
 * }</pre>
 *
 * <p>It is extractive: every answer is a verbatim quotation with its source, or a refusal. Nothing is generated, and no
 * answer is stored by question.
 *
 * <p>The folder of the same name among the resources holds the knowledge base ({@code knowledge-base.jsonl}), sixty
 * questions to measure models with ({@code questions.jsonl}), and other questions that the limits of this provider were
 * fitted on ({@code tuning-questions.jsonl}). Of the fifty answerable ones, {@code sentence} names the right source for
 * 33 and {@code passage} for 39; of the ten others they refuse 7 and 8. The retailer "Rede Pomar" and its rules are invented.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.examples.extractive;

import org.jspecify.annotations.NullMarked;
