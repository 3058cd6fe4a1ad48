package dev.melancia.stats.agreement;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The area of resampled answers, sorted once. Immutable. */
final class WeightedAuc {

    private final Auc auc;
    private final int[] ascending;

    WeightedAuc(Auc auc) {
        this.auc = auc;
        double[] scores = auc.scores();
        ascending = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** NaN without right or without wrong answers. */
    double estimate(int[] weights) {
        double[] scores = auc.scores();
        double wins = 0;
        double wrongBelow = 0;
        double rightCount = 0;
        for (int start = 0; start < ascending.length; ) {
            double rightHere = 0;
            double wrongHere = 0;
            int end = start;
            while (end < ascending.length && scores[ascending[end]] == scores[ascending[start]]) {
                int answer = ascending[end++];
                if (auc.right()[answer]) {
                    rightHere += weights[answer];
                } else {
                    wrongHere += weights[answer];
                }
            }
            wins += rightHere * (wrongBelow + wrongHere / 2);
            wrongBelow += wrongHere;
            rightCount += rightHere;
            start = end;
        }
        return wins / (rightCount * wrongBelow);
    }
}
