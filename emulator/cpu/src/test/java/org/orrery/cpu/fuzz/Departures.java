package org.orrery.cpu.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.orrery.isa.Instruction;

/** The rules on where Unicorn differs, read from the resource whose header says what its columns mean. */
final class Departures {
    private static final String RESOURCE = "unicorn.departures";
    private static final int COLUMNS = 4;
    /** Conditions on the state of the CPU, which the header of the resource explains. */
    static final String BEYOND_IOPL = "beyond-iopl";

    static final String DIRECTED = "directed";
    static final String SIGNALING = "signaling";
    static final String SPECIAL = "special";
    static final String PSEUDO = "pseudo";
    /** The letter of each bit of EFLAGS from bit 0. */
    private static final String FLAG_BITS = "C P A ZSTIDO";

    /**
     * A condition on instructions.
     *
     * @param name encoding or mnemonic, or {@code any}
     * @param condition word after the colon, or empty
     */
    private record Pattern(String name, String condition) {
        static Pattern parse(String text) {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Pattern(text.trim(), "")
                    : new Pattern(
                            text.substring(0, colon).trim(),
                            text.substring(colon + 1).trim());
        }

        boolean matches(Instruction in, Set<String> situation) {
            boolean named = name.equals("any") || name.equals(in.form.mnemonic()) || name.equals(in.form.encoding());
            return named
                    && switch (condition) {
                        case "" -> true;
                        case "lock" -> in.lock;
                        case "lock-register" -> in.lock && !in.memory;
                        case "o16" -> !in.operand32;
                        case "o32" -> in.operand32;
                        case BEYOND_IOPL, DIRECTED, SIGNALING, SPECIAL, PSEUDO -> situation.contains(condition);
                        default -> throw new IllegalArgumentException("unknown condition '" + condition + "'");
                    };
        }
    }

    private record Rule(String name, List<Pattern> instructions, String effect) {
        boolean isAbout(Instruction in, Set<String> situation) {
            return instructions.stream().anyMatch(pattern -> pattern.matches(in, situation));
        }
    }

    private static final List<Rule> RULES = read();

    private Departures() {}

    private static List<Rule> read() {
        try (InputStream in = Departures.class.getResourceAsStream(RESOURCE)) {
            List<Rule> rules = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    rules.add(rule(line));
                }
            }
            return List.copyOf(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    private static Rule rule(String line) {
        String[] columns = line.split("\\|");
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(RESOURCE + ": " + COLUMNS + " columns expected: " + line);
        }
        List<Pattern> instructions = new ArrayList<>();
        for (String text : columns[1].split(",")) {
            instructions.add(Pattern.parse(text));
        }
        return new Rule(columns[0].trim(), List.copyOf(instructions), columns[2].trim());
    }

    /** Whether an instruction is not to be drawn. */
    static boolean leavesOut(Instruction in, Set<String> situation) {
        return RULES.stream().anyMatch(rule -> rule.effect.equals("left-out") && rule.isAbout(in, situation));
    }

    /** Flags that are not to be relied on after an instruction. */
    static int flagsLost(Instruction in) {
        int lost = 0;
        for (Rule rule : RULES) {
            if (rule.effect.startsWith("flags ") && rule.isAbout(in, Set.of())) {
                lost |= mask(rule.effect.substring("flags ".length()));
            }
        }
        return lost;
    }

    /** Whether something is not compared at an exception. */
    static boolean dropsAtFault(int vector, String what) {
        String effect = "fault " + vector + " " + what;
        return RULES.stream().anyMatch(rule -> rule.effect.equals(effect));
    }

    private static int mask(String letters) {
        int mask = letters.equals("all") ? ~0 : 0;
        for (char letter : letters.replace("all", "").toCharArray()) {
            mask |= 1 << FLAG_BITS.indexOf(letter);
        }
        return mask;
    }
}
