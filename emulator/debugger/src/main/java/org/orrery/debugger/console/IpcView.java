package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.orrery.debugger.TextTable;
import org.orrery.debugger.ipc.Fpage;
import org.orrery.debugger.ipc.IpcKind;
import org.orrery.debugger.ipc.IpcRecord;
import org.orrery.debugger.ipc.PaperIpc;
import org.orrery.debugger.ipc.PhaseCost;
import org.orrery.debugger.ipc.Words;
import org.orrery.debugger.measure.Miss;
import org.orrery.isa.debug.DebugInfo;

/** An IPC as lines: the record, then what it cost beside the paper's ideal. */
final class IpcView {
    private static final int MOST_MISSES = 24;

    private final IpcRecord record;
    private final double megahertz;
    private final DebugInfo info;

    private IpcView(IpcRecord record, long clockHz, DebugInfo info) {
        this.record = record;
        this.info = info;
        megahertz = clockHz / 1e6;
    }

    static List<String> lines(IpcRecord record, long clockHz, DebugInfo info) {
        IpcView view = new IpcView(record, clockHz, info);
        List<String> lines = new ArrayList<>();
        lines.add(view.title());
        lines.addAll(view.fields());
        lines.add("");
        lines.addAll(view.costs());
        lines.addAll(view.misses());
        return lines;
    }

    private String title() {
        String sender = record.sender().isNil() ? "anybody" : record.sender().toString();
        return String.format(
                "ipc %d: %s  %s > %s  %s", record.number(), record.kind(), sender, record.receiver(), time());
    }

    private String time() {
        return time(record.cycles());
    }

    private String time(long cycles) {
        return String.format(Locale.ROOT, "%,d cycles = %.2f µs", cycles, cycles / megahertz);
    }

    private List<String> fields() {
        List<String> lines = new ArrayList<>();
        lines.add("  words     " + record.words());
        if (record.kind() == IpcKind.PAGE_FAULT) {
            lines.add("  fault     " + fault(record.words()));
        }
        if (record.maps()) {
            lines.add(String.format(
                    "  maps      %s at offset %08x of the receiver's window",
                    new Fpage(record.words().w1()), record.words().w0()));
        }
        lines.add("  send      " + record.send());
        lines.add("  receive   " + record.receive());
        lines.add("  timeouts  " + record.timeouts());
        lines.add("  result    " + record.dope());
        if (record.answers() != 0) {
            lines.add("  answers   ipc " + record.answers() + ", round trip " + time(record.roundTrip()));
        }
        return lines;
    }

    private List<String> costs() {
        TextTable table = new TextTable().row("  phase", "cycles", "instructions", "paper", "causes");
        for (PhaseCost cost : PhaseCost.of(record.interval())) {
            table.row(
                    "  " + cost.phase(),
                    cost.cycles(),
                    cost.instructions(),
                    cost.paper() == null ? "-" : cost.paper(),
                    causes(cost.causes()));
        }
        table.row("  total", record.cycles(), record.interval().phases().instructions(), PaperIpc.kernelClocks());
        return table.lines();
    }

    private static String causes(Map<String, Long> causes) {
        return causes.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    /** What a page fault tells the pager: the address, with bit 1 set for a write, and EIP. */
    private String fault(Words words) {
        String access = (words.w0() & 2) != 0 ? "write" : "read";
        return String.format("%s at %08x, by %s", access, words.w0() & ~3, address(words.w1()));
    }

    private String address(int linear) {
        return String.format("%08x %s", linear, MemoryDump.bracketed(info.describe(linear)))
                .stripTrailing();
    }

    private List<String> misses() {
        List<String> lines = new ArrayList<>();
        List<Miss> misses = record.interval().misses();
        for (Miss miss : misses.subList(0, Math.min(MOST_MISSES, misses.size()))) {
            String phase = record.interval().phases().rows().get(miss.phase());
            lines.add(String.format(
                    "  %s %08x, by %s in %s", miss.kind(), miss.address(), address(miss.instruction()), phase));
        }
        if (misses.size() > MOST_MISSES) {
            lines.add("  and " + (misses.size() - MOST_MISSES) + " more misses");
        }
        return lines;
    }
}
