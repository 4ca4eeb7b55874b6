package org.orrery.isa.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The text form of debug information: one fact a line, addresses in hexadecimal, all other numbers in decimal, a name
 * always last.
 *
 * <pre>
 * orrery-debug 1
 * property KEY VALUE
 * symbol ADDRESS SIZE label|function|object NAME
 * phase START END NAME
 * struct SIZE NAME
 * field OFFSET UNIT COUNT NAME ; COMMENT      (of the struct before)
 * file NAME
 * line ADDRESS LENGTH LINE                    (of the file before)
 * </pre>
 */
final class DebugText {
    private static final String HEADER = "orrery-debug 1";

    private final String file;
    private final DebugInfo.Builder builder = new DebugInfo.Builder();
    private final List<Layout.Field> fields = new ArrayList<>();
    private String structName;
    private int structSize;
    private String sourceFile;
    private int line;

    DebugText(String file) {
        this.file = file;
    }

    static String write(DebugInfo info) {
        StringBuilder out = new StringBuilder(HEADER).append('\n');
        for (Map.Entry<String, String> p : info.properties().entrySet()) {
            out.append("property ")
                    .append(p.getKey())
                    .append(' ')
                    .append(p.getValue())
                    .append('\n');
        }
        for (DebugInfo.Symbol s : info.symbols()) {
            String kind = s.kind().name().toLowerCase(Locale.ROOT);
            out.append("symbol ").append(hex(s.address())).append(' ').append(s.size());
            out.append(' ').append(kind).append(' ').append(s.name()).append('\n');
        }
        for (DebugInfo.Phase p : info.phases()) {
            out.append("phase ").append(hex(p.start())).append(' ').append(hex(p.end()));
            out.append(' ').append(p.name()).append('\n');
        }
        info.layouts().forEach(l -> write(l, out));
        writeLines(info, out);
        return out.toString();
    }

    private static String hex(int address) {
        String digits = Integer.toHexString(address).toUpperCase(Locale.ROOT);
        return "0".repeat(8 - digits.length()) + digits;
    }

    private static void write(Layout layout, StringBuilder out) {
        out.append("struct ")
                .append(layout.size())
                .append(' ')
                .append(layout.name())
                .append('\n');
        for (Layout.Field f : layout.fields()) {
            out.append("field ")
                    .append(f.offset())
                    .append(' ')
                    .append(f.unit())
                    .append(' ')
                    .append(f.count());
            out.append(' ').append(f.name());
            out.append(f.comment().isEmpty() ? "" : " ; " + f.comment()).append('\n');
        }
    }

    private static void writeLines(DebugInfo info, StringBuilder out) {
        String current = null;
        for (DebugInfo.SourceLine l : info.lines()) {
            if (!l.file().equals(current)) {
                current = l.file();
                out.append("file ").append(current).append('\n');
            }
            out.append("line ").append(hex(l.address())).append(' ').append(l.length());
            out.append(' ').append(l.line()).append('\n');
        }
    }

    DebugInfo read(String text) {
        String[] rows = text.split("\n", -1);
        line = 1;
        if (!rows[0].equals(HEADER)) {
            throw error("expected '" + HEADER + "'");
        }
        for (int i = 1; i < rows.length; i++) {
            line = i + 1;
            if (!rows[i].isEmpty()) {
                read(rows[i].split(" ", 2));
            }
        }
        finishStruct();
        return builder.build();
    }

    private void read(String[] row) {
        String rest = row.length > 1 ? row[1] : "";
        switch (row[0]) {
            case "property" -> {
                String[] p = parts(rest, 2, "property KEY VALUE");
                builder.property(p[0], p[1]);
            }
            case "symbol" -> {
                String[] p = parts(rest, 4, "symbol ADDRESS SIZE KIND NAME");
                builder.symbol(new DebugInfo.Symbol(p[3], address(p[0]), number(p[1]), kind(p[2])));
            }
            case "phase" -> {
                String[] p = parts(rest, 3, "phase START END NAME");
                builder.phase(new DebugInfo.Phase(p[2], address(p[0]), address(p[1])));
            }
            case "struct" -> {
                String[] p = parts(rest, 2, "struct SIZE NAME");
                finishStruct();
                structSize = number(p[0]);
                structName = p[1];
            }
            case "field" -> field(rest);
            case "file" -> sourceFile = parts(rest, 1, "file NAME")[0];
            case "line" -> sourceLine(rest);
            default -> throw error("unknown keyword '" + row[0] + "'");
        }
    }

    private void field(String rest) {
        if (structName == null) {
            throw error("a field before any struct");
        }
        String[] p = parts(rest, 4, "field OFFSET UNIT COUNT NAME");
        String[] named = p[3].split(" ; ", 2);
        fields.add(
                new Layout.Field(named[0], number(p[0]), number(p[1]), number(p[2]), named.length > 1 ? named[1] : ""));
    }

    private void sourceLine(String rest) {
        if (sourceFile == null) {
            throw error("a line before any file");
        }
        String[] p = parts(rest, 3, "line ADDRESS LENGTH LINE");
        builder.line(new DebugInfo.SourceLine(address(p[0]), number(p[1]), sourceFile, number(p[2])));
    }

    private void finishStruct() {
        if (structName == null) {
            return;
        }
        try {
            builder.layout(new Layout(structName, structSize, fields));
        } catch (LayoutException e) {
            throw error(e.getMessage());
        }
        fields.clear();
        structName = null;
    }

    private String[] parts(String rest, int count, String expected) {
        String[] parts = rest.split(" ", count);
        boolean empty = parts.length < count;
        for (String part : parts) {
            empty |= part.isEmpty();
        }
        if (empty) {
            throw error("expected '" + expected + "'");
        }
        return parts;
    }

    private DebugInfo.Kind kind(String word) {
        for (DebugInfo.Kind kind : DebugInfo.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw error("expected label, function or object, found '" + word + "'");
    }

    private int address(String word) {
        try {
            return Integer.parseUnsignedInt(word, 16);
        } catch (NumberFormatException e) {
            throw error("expected an address in hexadecimal, found '" + word + "'");
        }
    }

    private int number(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw error("expected a number, found '" + word + "'");
        }
    }

    private DebugInfoException error(String message) {
        return new DebugInfoException(file + ":" + line + ": " + message);
    }
}
