package dev.melancia.stats.paired;

import java.util.SplittableRandom;

/**
 * Sums and sizes over subsets of the units, fast: eight units make a block, and the sums of its 256 subsets are looked up.
 * Confined to one thread.
 */
final class SubsetSums {

    private static final int BLOCK = 8;
    private static final int SUBSETS = 1 << BLOCK;

    private final int blocks;
    private final double[] sumOf;
    private final int[] sizeOf;
    private double sum;
    private int size;

    SubsetSums(double[] sums, int[] sizes) {
        blocks = (sums.length + BLOCK - 1) / BLOCK;
        sumOf = new double[blocks * SUBSETS];
        sizeOf = new int[blocks * SUBSETS];
        for (int i = 0; i < sums.length; i++) {
            int start = i / BLOCK * SUBSETS;
            int bit = 1 << i % BLOCK;
            for (int subset = 0; subset < bit; subset++) {
                sumOf[start + bit + subset] = sumOf[start + subset] + sums[i];
                sizeOf[start + bit + subset] = sizeOf[start + subset] + sizes[i];
            }
        }
        int left = sums.length % BLOCK;
        if (left != 0) {
            fillLastBlock((blocks - 1) * SUBSETS, 1 << left);
        }
    }

    /** Bits beyond the last unit choose nothing. */
    private void fillLastBlock(int start, int used) {
        for (int subset = used; subset < SUBSETS; subset++) {
            sumOf[start + subset] = sumOf[start + subset % used];
            sizeOf[start + subset] = sizeOf[start + subset % used];
        }
    }

    /** Each unit with chance 1/2. */
    void draw(SplittableRandom random) {
        sum = 0;
        size = 0;
        for (int from = 0; from < blocks; from += Long.BYTES) {
            add(from, Math.min(blocks, from + Long.BYTES), random.nextLong());
        }
    }

    /** The units whose bits are set, of at most 31. */
    void choose(int subset) {
        sum = 0;
        size = 0;
        add(0, blocks, subset);
    }

    private void add(int from, int to, long bits) {
        long left = bits;
        for (int block = from; block < to; block++) {
            int cell = block * SUBSETS + (int) (left & (SUBSETS - 1));
            sum += sumOf[cell];
            size += sizeOf[cell];
            left >>>= BLOCK;
        }
    }

    /** Sum of the units last drawn or chosen. */
    double sum() {
        return sum;
    }

    /** Size of the units last drawn or chosen. */
    int size() {
        return size;
    }
}
