package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.isa.debug.DebugInfo;

/** Puts together what a debugger wants to know. */
final class DebugInfoMaker {
    private final Symbols symbols;
    private final Pass pass;
    private final DebugInfo.Builder builder = new DebugInfo.Builder();

    DebugInfoMaker(Symbols symbols, Pass pass) {
        this.symbols = symbols;
        this.pass = pass;
    }

    DebugInfo make() {
        addSymbols();
        for (Pass.PhaseRange phase : pass.phases()) {
            int base = (int) phase.section().address();
            if (phase.to() > phase.from()) {
                builder.phase(new DebugInfo.Phase(phase.name(), base + phase.from(), base + phase.to()));
            }
        }
        pass.layouts().forEach(builder::layout);
        pass.properties().forEach(builder::property);
        for (Pass.Entry entry : pass.entries()) {
            if (entry.to() > entry.from() && !entry.section().isAbsolute()) {
                Location at = entry.statement().location();
                int address = (int) entry.section().address() + entry.from();
                builder.line(new DebugInfo.SourceLine(address, entry.to() - entry.from(), at.file(), at.line()));
            }
        }
        return builder.build();
    }

    /** A symbol that is not local reaches up to the next such one of its section, and is named for what it begins with. */
    private void addSymbols() {
        Map<String, DebugInfo.Kind> kinds = kinds();
        Map<Section, List<Symbols.Symbol>> bySection = new LinkedHashMap<>();
        for (Symbols.Symbol symbol : symbols.all()) {
            if (symbol.label && symbol.value.terms().keySet().iterator().next() instanceof Section) {
                Section section =
                        (Section) symbol.value.terms().keySet().iterator().next();
                bySection.computeIfAbsent(section, s -> new ArrayList<>()).add(symbol);
            }
        }
        bySection.forEach((section, list) -> addSymbols(section, list, kinds));
    }

    private void addSymbols(Section section, List<Symbols.Symbol> list, Map<String, DebugInfo.Kind> kinds) {
        list.sort(Comparator.comparingLong(s -> s.value.number()));
        long[] ends = new long[list.size()];
        long end = section.size();
        long next = end;
        for (int i = list.size() - 1; i >= 0; i--) {
            long at = list.get(i).value.number();
            if (isLocal(list.get(i).name)) {
                ends[i] = at;
                continue;
            }
            end = at < next ? next : end;
            ends[i] = Math.max(at, end);
            next = Math.min(next, at);
        }
        for (int i = 0; i < list.size(); i++) {
            Symbols.Symbol symbol = list.get(i);
            long at = symbol.value.number();
            DebugInfo.Kind kind = kinds.getOrDefault(symbol.name, DebugInfo.Kind.LABEL);
            builder.symbol(
                    new DebugInfo.Symbol(symbol.name, (int) (section.address() + at), (int) (ends[i] - at), kind));
        }
    }

    private static boolean isLocal(String name) {
        return name.indexOf('.', 1) > 0 || name.startsWith("..@");
    }

    private Map<String, DebugInfo.Kind> kinds() {
        Map<String, DebugInfo.Kind> kinds = new HashMap<>();
        List<String> waiting = new ArrayList<>();
        for (Pass.Entry entry : pass.entries()) {
            Statement statement = entry.statement();
            if (statement.label() != null && !isLocal(statement.label().name())) {
                waiting.add(statement.label().name());
            }
            if (entry.to() > entry.from()) {
                boolean code = statement.body() instanceof Instruction;
                waiting.forEach(n -> kinds.put(n, code ? DebugInfo.Kind.FUNCTION : DebugInfo.Kind.OBJECT));
                waiting.clear();
            }
        }
        return kinds;
    }
}
