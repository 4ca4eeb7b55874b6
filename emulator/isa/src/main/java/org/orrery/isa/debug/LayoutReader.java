package org.orrery.isa.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads layout files; {@link Layout} describes them. */
final class LayoutReader {
    private static final Map<String, Integer> TYPES = Map.of("byte", 1, "word", 2, "dword", 4, "qword", 8);
    private static final int LARGEST = 1 << 24;

    private final String file;
    private final List<Layout> layouts = new ArrayList<>();
    private final List<Layout.Field> fields = new ArrayList<>();
    private int line;
    private String name;
    private int size;
    private int next;
    private int end;

    LayoutReader(String file) {
        this.file = file;
    }

    List<Layout> read(String text) {
        for (String raw : text.split("\n", -1)) {
            line++;
            int semicolon = raw.indexOf(';');
            String comment = semicolon < 0 ? "" : raw.substring(semicolon + 1).strip();
            String content = (semicolon < 0 ? raw : raw.substring(0, semicolon)).strip();
            if (!content.isEmpty()) {
                read(content.split("\\s+"), comment);
            }
        }
        if (name != null) {
            throw error("structure " + name + " has no end");
        }
        return layouts;
    }

    private void read(String[] words, String comment) {
        if (words[0].equals("struct")) {
            begin(words);
        } else if (name == null) {
            throw error("expected 'struct NAME', found '" + words[0] + "'");
        } else if (words[0].equals("end") && words.length == 1) {
            finish();
        } else {
            field(words, comment);
        }
    }

    private void begin(String[] words) {
        if (name != null) {
            throw error("structure " + name + " has no end");
        }
        boolean sized = words.length == 4 && words[2].equals("size");
        if (words.length != 2 && !sized) {
            throw error("expected 'struct NAME' or 'struct NAME size BYTES'");
        }
        name = identifier(words[1]);
        size = sized ? number(words[3]) : 0;
        next = 0;
        end = 0;
        fields.clear();
    }

    private void finish() {
        if (size != 0 && end > size) {
            throw error("the fields of structure " + name + " take " + end + " bytes, more than " + size);
        }
        layouts.add(build(size != 0 ? size : end));
        name = null;
    }

    private Layout build(int bytes) {
        try {
            return new Layout(name, bytes, fields);
        } catch (LayoutException e) {
            throw error(e.getMessage());
        }
    }

    private void field(String[] words, String comment) {
        int at = 2;
        if (words.length < 2) {
            throw error("expected 'FIELD TYPE [COUNT] [at OFFSET]'");
        }
        int unit = TYPES.containsKey(words[1]) ? TYPES.get(words[1]) : number(words[1]);
        int count = 1;
        if (at < words.length && !words[at].equals("at")) {
            count = number(words[at++]);
        }
        int offset = next;
        if (at + 1 < words.length && words[at].equals("at")) {
            offset = number(words[at + 1]);
            at += 2;
        }
        if (at != words.length) {
            throw error("expected 'FIELD TYPE [COUNT] [at OFFSET]', found '" + words[at] + "' at its end");
        }
        if ((long) unit * count + offset > LARGEST) {
            throw error("a structure has at most " + LARGEST + " bytes");
        }
        fields.add(new Layout.Field(identifier(words[0]), offset, unit, count, comment));
        next = offset + unit * count;
        end = Math.max(end, next);
    }

    private String identifier(String word) {
        if (!word.matches("[A-Za-z_?][A-Za-z0-9_?.$#@~]*")) {
            throw error("'" + word + "' is not a name");
        }
        return word;
    }

    private int number(String word) {
        try {
            int number = Integer.decode(word);
            if (number >= 0
                    && number <= LARGEST
                    && !word.startsWith("+")
                    && !(word.length() > 1 && word.matches("0\\d+"))) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw error("expected a type or a number, found '" + word + "'");
        }
        throw error("expected a number from 0 to " + LARGEST + ", found '" + word + "'");
    }

    private LayoutException error(String message) {
        return new LayoutException(file + ":" + line + ": " + message);
    }
}
