package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives sections their addresses by the rules of NASM's bin format. */
final class SectionLayout {
    private static final long DEFAULT_ALIGN = 4;

    private final List<Section> declared;
    private final long origin;
    private final boolean originGiven;
    private final Set<Section> placed = new HashSet<>();

    /**
     * @param declared in the order of their first appearance
     * @param origin the operand of {@code org}, or null
     */
    SectionLayout(List<Section> declared, Long origin) {
        this.declared = declared;
        this.originGiven = origin != null;
        this.origin = originGiven ? origin : 0;
    }

    /**
     * Places all sections.
     *
     * @return in the order of the output, those with bytes first
     * @throws ExpressionException if they overlap or follow each other in a circle
     */
    List<Section> place() {
        List<Section> withBytes = inFileOrder();
        placeLoaded(withBytes);
        List<Section> all = new ArrayList<>(withBytes);
        declared.stream().filter(Section::isNobits).forEach(all::add);
        placeRest(all, withBytes);
        return all;
    }

    /** Sections that follow a named one, then groups by start address. A section without either stays in its group. */
    private List<Section> inFileOrder() {
        List<Section> order = new ArrayList<>();
        List<List<Section>> groups = new ArrayList<>();
        for (Section section : declared) {
            if (section.isNobits()) {
                continue;
            }
            if (groups.isEmpty() || section.attributes().follows != null || section.attributes().start != null) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(section);
        }
        List<List<Section>> leaders = joinFollowers(groups);
        leaders.sort(Comparator.comparingLong(g -> startOf(g.get(0))));
        leaders.forEach(order::addAll);
        return order;
    }

    private static long startOf(Section section) {
        Long start = section.attributes().start;
        return start == null ? Long.MIN_VALUE : start;
    }

    private List<List<Section>> joinFollowers(List<List<Section>> groups) {
        List<List<Section>> leaders = new ArrayList<>(groups);
        for (List<Section> group : groups) {
            String followed = group.get(0).attributes().follows;
            if (followed == null) {
                continue;
            }
            leaders.remove(group);
            List<Section> target = leaders.stream()
                    .filter(g -> g.stream().anyMatch(s -> s.name.equals(followed)))
                    .findFirst()
                    .orElseThrow(() -> new ExpressionException(
                            "section " + group.get(0).name + " follows " + followed + ", which does not exist"));
            target.addAll(indexOf(target, followed) + 1, group);
        }
        return leaders;
    }

    private static int indexOf(List<Section> sections, String name) {
        int at = 0;
        while (!sections.get(at).name.equals(name)) {
            at++;
        }
        return at;
    }

    private void placeLoaded(List<Section> sections) {
        long end = origin;
        boolean first = true;
        for (Section section : sections) {
            SectionAttributes a = section.attributes();
            long align = a.align != 0 ? a.align : first ? 1 : DEFAULT_ALIGN;
            long start = a.start != null ? a.start : align(end, align);
            if (section.size() > 0 && start < end && (!first || originGiven)) {
                String where = first ? "the origin" : "the end of the section before it";
                throw new ExpressionException("section " + section.name + " starts before " + where);
            }
            long run = a.vstart != null ? a.vstart : a.valign != 0 ? align(end, a.valign) : start;
            section.place(start, run);
            if (a.vstart != null || a.vfollows == null) {
                placed.add(section);
            }
            if (section.size() > 0 || first) {
                end = start + section.size();
            }
            first = false;
        }
    }

    /** Sections whose addresses follow another's. */
    private void placeRest(List<Section> all, List<Section> withBytes) {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Section section : all) {
                if (!placed.contains(section) && placeAfter(section, withBytes)) {
                    placed.add(section);
                    progress = true;
                }
            }
        }
        for (Section section : all) {
            if (!placed.contains(section)) {
                throw new ExpressionException("section " + section.name + " follows itself");
            }
        }
    }

    private boolean placeAfter(Section section, List<Section> withBytes) {
        SectionAttributes a = section.attributes();
        Section before = before(section, withBytes);
        if (before != null && !placed.contains(before)) {
            return false;
        }
        Long fixed = a.vstart != null || !section.isNobits() ? a.vstart : a.start;
        long align = a.valign != 0 ? a.valign : a.align != 0 && section.isNobits() ? a.align : DEFAULT_ALIGN;
        long end = before == null ? origin : before.address() + before.size();
        long run = fixed != null ? fixed : align(end, align);
        section.place(section.isNobits() ? run : section.loadAddress(), run);
        if (section.isNobits() && a.start == null && before != null) {
            section.placeBeside(before);
        }
        return true;
    }

    private Section before(Section section, List<Section> withBytes) {
        String name = section.attributes().vfollows;
        if (name == null && section.isNobits()) {
            name = section.attributes().follows;
        }
        if (name != null) {
            String wanted = name;
            return declared.stream()
                    .filter(s -> s.name.equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new ExpressionException(
                            "section " + section.name + " follows " + wanted + ", which does not exist"));
        }
        int index = declared.indexOf(section);
        if (section.name.equals(".bss") || index == 0) {
            return withBytes.isEmpty() ? null : withBytes.get(withBytes.size() - 1);
        }
        return declared.get(index - 1);
    }

    private static long align(long address, long align) {
        return (address + align - 1) / align * align;
    }
}
