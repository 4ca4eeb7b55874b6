package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.orrery.isa.asm.Token.Kind;

/** Reads {@code db}, {@code resb} and {@code incbin} with their operands. */
final class DataParser {
    private static final Map<String, Integer> DATA = Map.of("db", 1, "dw", 2, "dd", 4, "dq", 8, "dt", 10);
    private static final Map<String, Integer> RESERVE = Map.of("resb", 1, "resw", 2, "resd", 4, "resq", 8, "rest", 10);

    private final TokenReader in;
    private final LabelScope labels;

    DataParser(TokenReader in, LabelScope labels) {
        this.in = in;
        this.labels = labels;
    }

    static boolean begins(String word) {
        return DATA.containsKey(word) || RESERVE.containsKey(word) || word.equals("incbin");
    }

    Body parse(String word, SourceResolver resolver, String file) {
        if (word.equals("incbin")) {
            return incbin(resolver, file);
        }
        Integer unit = DATA.get(word);
        if (unit != null) {
            return data(unit);
        }
        int column = in.column();
        return new Data.Reserve(RESERVE.get(word), expression(), column);
    }

    private Expr expression() {
        return new ExpressionParser(in, labels::qualify).parse();
    }

    private Body data(int unit) {
        if (in.atEnd()) {
            throw in.error("expected a value" + in.foundInstead());
        }
        List<Data.Item> items = new ArrayList<>();
        do {
            if (in.atEnd() && !items.isEmpty()) {
                break;
            }
            items.add(item(unit));
        } while (in.accept(","));
        return new Data(unit, items);
    }

    private Data.Item item(int unit) {
        Token after = in.peek(1);
        boolean alone = after.is(",") || after.text().isEmpty();
        if (in.peek().kind() == Kind.STRING && alone) {
            return new Data.Bytes(Numbers.string(in.next()));
        }
        boolean negative = in.peek().is("-");
        if (in.peek(negative ? 1 : 0).kind() == Kind.FLOAT) {
            if (negative) {
                in.next();
            }
            return new Data.Bytes(FloatingPoint.bytes(in.next(), negative, unit));
        }
        int column = in.column();
        return new Data.Number(expression(), column);
    }

    private Body incbin(SourceResolver resolver, String file) {
        int column = in.column();
        if (in.peek().kind() != Kind.STRING) {
            throw in.error("expected a file name in quotes" + in.foundInstead());
        }
        String name = Numbers.text(in.next());
        byte[] content = resolver.find(name, file)
                .orElseThrow(() -> new SyntaxException(column, "file '" + name + "' not found"))
                .content();
        Expr skip = in.accept(",") ? expression() : null;
        Expr length = in.accept(",") ? expression() : null;
        return new Data.Incbin(content, skip, length, column);
    }
}
