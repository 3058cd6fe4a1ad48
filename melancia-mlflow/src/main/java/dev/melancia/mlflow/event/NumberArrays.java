package dev.melancia.mlflow.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** Reads numbers, which may stand as texts. What is not a number is an IllegalArgumentException. Stateless. */
final class NumberArrays {

    private NumberArrays() {}

    static long integer(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : Long.parseLong(json.getText());
    }

    static double number(JsonParser json) throws IOException {
        return json.currentToken().isNumeric() ? json.getDoubleValue() : Double.parseDouble(json.getText());
    }

    /** The numbers of the array that begins here, at most {@code limit}. */
    static double[] numbers(JsonParser json, int limit) throws IOException {
        double[] numbers = new double[limit];
        int size = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            numbers[checked(size, limit)] = number(json);
            size++;
        }
        return Arrays.copyOf(numbers, size);
    }

    /** The running sums of the integers of the array that begins here, at most {@code limit}. */
    static long[] sums(JsonParser json, int limit) throws IOException {
        long[] sums = new long[limit];
        int size = 0;
        long sum = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            sum += integer(json);
            sums[checked(size, limit)] = sum;
            size++;
        }
        return Arrays.copyOf(sums, size);
    }

    private static int checked(int size, int limit) {
        if (size == limit) {
            throw new IllegalArgumentException("an array must have at most " + limit + " numbers, had more");
        }
        return size;
    }
}
