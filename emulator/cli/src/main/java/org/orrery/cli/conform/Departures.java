package org.orrery.cli.conform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The departures from a processor, read from a resource whose header says what its columns mean. */
final class Departures {
    private static final String RESOURCE = "80286.departures";
    private static final int COLUMNS = 4;

    private final List<Departure> rules;

    private Departures(List<Departure> rules) {
        this.rules = rules;
    }

    /** The departures of an i486 from an 80286. */
    static Departures from80286() {
        try (InputStream in = Departures.class.getResourceAsStream(RESOURCE)) {
            return parse(RESOURCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException naming file and line at the first line that is wrong
     */
    static Departures parse(String file, String text) {
        List<Departure> rules = new ArrayList<>();
        String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank() || lines[i].startsWith("#")) {
                continue;
            }
            try {
                rules.add(rule(lines[i]));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Departures(List.copyOf(rules));
    }

    List<Departure> rules() {
        return rules;
    }

    /** The rules that are about a capture. */
    List<Departure> about(Situation situation) {
        return rules.stream().filter(rule -> rule.isAbout(situation)).toList();
    }

    private static Departure rule(String line) {
        String[] columns = line.split("\\|");
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(COLUMNS + " columns expected, found " + columns.length);
        }
        List<Predicate<Situation>> conditions = new ArrayList<>();
        for (String word : columns[1].trim().split(" +")) {
            if (!word.equals("-")) {
                conditions.add(condition(word));
            }
        }
        return new Departure(columns[0].trim(), List.copyOf(conditions), effect(columns[2].trim()), columns[3].trim());
    }

    private static Predicate<Situation> condition(String word) {
        String key = before(word);
        String value = after(word);
        return switch (key) {
            case "longer" -> {
                int bytes = Integer.parseInt(value);
                yield s -> s.instruction().length > bytes;
            }
            case "exception" -> {
                int vector = Integer.parseInt(value);
                yield s -> s.capture().exception() == vector;
            }
            case "is" -> {
                List<String> names = list(value);
                yield s -> s.is(names);
            }
            case "sreg" -> {
                List<Integer> numbers =
                        list(value).stream().map(Integer::valueOf).toList();
                yield s -> s.movesSegment(numbers);
            }
            case "illegal-lock" -> Situation::illegalLock;
            case "through-ss" -> Situation::throughStackSegment;
            case "word-string" -> Situation::isWordString;
            default -> throw new IllegalArgumentException("unknown condition '" + word + "'");
        };
    }

    private static Departure.Effect effect(String word) {
        String value = after(word);
        return switch (before(word)) {
            case "incomparable" -> Departure.incomparable();
            case "flags" ->
                value.equals("undefined")
                        ? Departure.undefinedFlags()
                        : Departure.anyFlags(Integer.parseInt(value, 16));
            case "vector" -> Departure.vector(Integer.parseInt(value));
            case "restart" -> Departure.restart();
            case "faults" -> Departure.faults(Integer.parseInt(value));
            default -> throw new IllegalArgumentException("unknown expectation '" + word + "'");
        };
    }

    private static String before(String word) {
        int colon = word.indexOf(':');
        return colon < 0 ? word : word.substring(0, colon);
    }

    private static String after(String word) {
        return word.substring(word.indexOf(':') + 1);
    }

    private static List<String> list(String value) {
        return Arrays.asList(value.split(","));
    }
}
