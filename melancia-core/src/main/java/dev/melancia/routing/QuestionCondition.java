package dev.melancia.routing;

import dev.melancia.flags.FeatureFlags;
import java.util.List;
import java.util.regex.Pattern;

/** Conditions on the words of the user and the length of what is sent. Immutable. */
abstract sealed class QuestionCondition extends Condition {

    abstract boolean matches(RoutingScope scope);

    @Override
    final boolean matches(RoutingScope scope, FeatureFlags flags) {
        return matches(scope);
    }

    static final class FewerWords extends QuestionCondition {
        private final int limit;

        FewerWords(int limit) {
            this.limit = limit;
        }

        @Override
        boolean matches(RoutingScope scope) {
            return scope.words() < limit;
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.fewerWordsThan(limit);
        }

        @Override
        int wordLimit() {
            return limit;
        }

        @Override
        String seen(RoutingDecision decision) {
            return " (had " + decision.wordsText() + ")";
        }

        @Override
        public String toString() {
            return "fewer than " + limit + " words";
        }
    }

    static final class FewerCharacters extends QuestionCondition {
        private final int limit;

        FewerCharacters(int limit) {
            this.limit = limit;
        }

        @Override
        boolean matches(RoutingScope scope) {
            return scope.details().characters() < limit;
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.fewerCharactersThan(limit);
        }

        @Override
        String seen(RoutingDecision decision) {
            return " (" + decision.charactersText() + ")";
        }

        @Override
        public String toString() {
            return "fewer than " + limit + " characters";
        }
    }

    static final class AnyWord extends QuestionCondition {
        private final List<String> words;
        private final List<FoldedText> folded;

        AnyWord(List<String> words) {
            this.words = List.copyOf(words);
            this.folded = words.stream().map(AnyWord::fold).toList();
        }

        private static FoldedText fold(String word) {
            FoldedText folded = FoldedText.of(word);
            if (folded.isEmpty()) {
                throw new IllegalArgumentException(
                        "containsAnyWord: a word must have a letter or a digit, was \"" + word + "\"");
            }
            return folded;
        }

        @Override
        boolean matches(RoutingScope scope) {
            FoldedText question = scope.details().folded();
            for (int i = 0; i < folded.size(); i++) {
                if (question.contains(folded.get(i))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.containsAnyWord(words);
        }

        @Override
        public String toString() {
            return "question has a word of " + words;
        }
    }

    static final class Matches extends QuestionCondition {
        private final Pattern pattern;

        Matches(Pattern pattern) {
            this.pattern = pattern;
        }

        @Override
        boolean matches(RoutingScope scope) {
            try {
                return pattern.matcher(scope.details().question()).find();
            } catch (StackOverflowError e) { // alternatives in a loop take stack for each character
                return false;
            }
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.matches(pattern.pattern());
        }

        @Override
        public String toString() {
            return "question matches \"" + pattern.pattern() + "\"";
        }
    }

    static final class PromptTokens extends QuestionCondition {
        private final int least;

        PromptTokens(int least) {
            this.least = least;
        }

        @Override
        boolean matches(RoutingScope scope) {
            return scope.tokens().prompt() >= least;
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.promptTokensAtLeast(least);
        }

        @Override
        String seen(RoutingDecision decision) {
            return " (" + decision.tokensText() + ")";
        }

        @Override
        public String toString() {
            return "prompt of at least " + least + " tokens";
        }
    }
}
