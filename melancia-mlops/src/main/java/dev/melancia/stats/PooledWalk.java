package dev.melancia.stats;

/** Walks two samples together, one distinct value a step, upwards. Confined to one thread. */
final class PooledWalk {

    private final double[] first;
    private final double[] second;
    private int firstSeen;
    private int secondSeen;

    PooledWalk(Sample first, Sample second) {
        this.first = first.sorted();
        this.second = second.sorted();
    }

    /** Takes all values equal to the next smallest; false at the end. */
    boolean next() {
        if (firstSeen == first.length && secondSeen == second.length) {
            return false;
        }
        double value = smallest();
        while (firstSeen < first.length && first[firstSeen] == value) {
            firstSeen++;
        }
        while (secondSeen < second.length && second[secondSeen] == value) {
            secondSeen++;
        }
        return true;
    }

    private double smallest() {
        if (secondSeen == second.length) {
            return first[firstSeen];
        }
        if (firstSeen == first.length) {
            return second[secondSeen];
        }
        return Math.min(first[firstSeen], second[secondSeen]);
    }

    int firstSeen() {
        return firstSeen;
    }

    int secondSeen() {
        return secondSeen;
    }
}
