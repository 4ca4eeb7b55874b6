package org.orrery.isa;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of ndisasm-departures.txt. */
final class NdisasmDepartures {
    private static final String PREFIXES = "^(?:26|2e|36|3e|6[4-7]|f[023])*";
    private static final Pattern LONE_PREFIX = Pattern.compile("[c-gs]s|[oa](?:16|32)|lock|rep|repne");

    private record Rule(String kind, Pattern pattern, String replacement, String line) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<Rule> unused;

    private NdisasmDepartures(List<String> lines) {
        for (String line : lines) {
            if (!line.startsWith("#")) {
                String[] columns = line.split("(?<!\\\\) *\\| ?", 4);
                boolean spelling = columns[0].equals("spelling");
                String regex = columns[1].replace("\\|", "|");
                rules.add(new Rule(
                        columns[0],
                        Pattern.compile(spelling ? regex : PREFIXES + "(?:" + regex + ")"),
                        columns[2],
                        line));
            }
        }
        unused = new ArrayList<>(rules);
    }

    static NdisasmDepartures read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                NdisasmDepartures.class.getResourceAsStream("ndisasm-departures.txt"), StandardCharsets.UTF_8))) {
            return new NdisasmDepartures(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether both say the same of these bytes, or differ by a rule. */
    boolean agree(String hex, Disassembly ours, int length, String theirs) {
        if (ours.length() == length && ours.text().equals(theirs)) {
            return true;
        }
        boolean weKnow = !ours.text().startsWith("db ");
        boolean theyKnow =
                !theirs.startsWith("db ") && !LONE_PREFIX.matcher(theirs).matches();
        if (!weKnow && !theyKnow) {
            return true;
        }
        if (weKnow
                && theyKnow
                && ours.length() == length
                && respelt(ours.text()).equals(respelt(theirs))) {
            return true;
        }
        return excused(weKnow ? theyKnow ? "other" : "ours" : "theirs", hex);
    }

    private String respelt(String text) {
        String result = text;
        for (Rule rule : rules) {
            if (rule.kind.equals("spelling")) {
                Matcher matcher = rule.pattern.matcher(result);
                if (matcher.find()) {
                    result = matcher.replaceFirst(rule.replacement);
                    unused.remove(rule);
                }
            }
        }
        return result;
    }

    private boolean excused(String kind, String hex) {
        for (Rule rule : rules) {
            if (rule.kind.equals(kind) && rule.pattern.matcher(hex).find()) {
                unused.remove(rule);
                return true;
            }
        }
        return false;
    }

    /** The rules that no sample needed. */
    List<String> unused() {
        return unused.stream().map(Rule::line).toList();
    }
}
