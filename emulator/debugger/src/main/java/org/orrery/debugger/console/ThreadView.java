package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.List;
import org.orrery.debugger.DebugException;
import org.orrery.debugger.DebugSession;
import org.orrery.debugger.TextTable;
import org.orrery.debugger.ipc.ThreadId;
import org.orrery.debugger.ipc.ThreadLocator;
import org.orrery.isa.debug.Layout;

/** A kernel's threads as lines: id, control block, and the block's dwords by name. */
final class ThreadView {
    private static final int DWORD = 4;

    private final DebugSession session;

    ThreadView(DebugSession session) {
        this.session = session;
    }

    List<String> lines() {
        ThreadLocator locator = session.observer()
                .threads()
                .orElseThrow(() -> new DebugException(
                        "the guest's files describe no thread control block (layout 'tcb' with id_low and id_high)"));
        int current = locator.block().orElse(0);
        List<Integer> blocks = locator.blocks();
        if (blocks.isEmpty()) {
            return List.of("no threads yet");
        }
        List<Layout.Field> fields =
                session.guest().info().layout(ThreadLocator.CONTROL_BLOCK).orElseThrow().fields().stream()
                        .filter(f -> f.size() == DWORD && !f.name().startsWith("id_"))
                        .toList();
        List<String> heading = new ArrayList<>(List.of("  thread", "block"));
        fields.forEach(f -> heading.add(f.name()));
        TextTable table = new TextTable().row(heading);
        for (int block : blocks) {
            ThreadId id = locator.id(block);
            List<String> cells =
                    new ArrayList<>(List.of((block == current ? "* " : "  ") + id, String.format("%08x", block)));
            fields.forEach(f ->
                    cells.add(String.format("%08x", session.guest().memory().read(block + f.offset(), DWORD))));
            table.row(cells);
        }
        return table.lines();
    }
}
