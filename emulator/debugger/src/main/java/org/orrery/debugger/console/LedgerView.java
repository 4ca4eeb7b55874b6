package org.orrery.debugger.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.orrery.cpu.Cause;
import org.orrery.cpu.Cpu;
import org.orrery.debugger.TextTable;
import org.orrery.debugger.measure.Account;

/** Where cycles went, as lines. */
final class LedgerView {
    private LedgerView() {}

    /** All cycles since reset by cause. */
    static List<String> byCause(Cpu cpu) {
        TextTable table = new TextTable().row("cause", "cycles", "share");
        long total = cpu.ledger().now();
        for (Cause cause : Cause.values()) {
            long cycles = cpu.ledger().cycles(cause);
            if (cycles != 0) {
                table.row(cause.label(), String.format("%,d", cycles), share(cycles, total));
            }
        }
        table.row("total", String.format("%,d", total), share(total, total));
        return table.lines();
    }

    /** The rows of an account that have cycles, those with the most first, and the sum. */
    static List<String> byRow(String heading, Account account, int most) {
        List<Integer> rows = IntStream.range(0, account.rows().size())
                .boxed()
                .filter(row -> account.cycles(row) != 0)
                .sorted(Comparator.comparingLong(row -> -account.cycles(row)))
                .toList();
        TextTable table = new TextTable().row(heading, "cycles", "share", "instructions");
        for (int row : rows.subList(0, Math.min(most, rows.size()))) {
            table.row(
                    account.rows().get(row),
                    String.format("%,d", account.cycles(row)),
                    share(account.cycles(row), account.total()),
                    String.format("%,d", account.instructions(row)));
        }
        table.row(
                "total",
                String.format("%,d", account.total()),
                share(account.total(), account.total()),
                String.format("%,d", account.instructions()));
        List<String> lines = new ArrayList<>(table.lines());
        if (rows.size() > most) {
            lines.add((rows.size() - most) + " more rows");
        }
        return lines;
    }

    private static String share(long part, long total) {
        return total == 0 ? "-" : String.format(java.util.Locale.ROOT, "%.1f %%", 100.0 * part / total);
    }
}
