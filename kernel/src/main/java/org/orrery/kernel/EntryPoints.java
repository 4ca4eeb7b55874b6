package org.orrery.kernel;

import static org.orrery.isa.asm.CodeOperand.imm;
import static org.orrery.isa.asm.CodeOperand.sym;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.orrery.isa.asm.CodeBuilder;

/**
 * The ways into the kernel, described once: from this come the interrupt descriptor table and the stubs that bring every exception and
 * interrupt to its common handler with its number on the stack.
 */
final class EntryPoints {
    /** Included where the interrupt descriptor table stands. */
    static final String GATES = "gates.inc";

    /** Included where the stubs stand. */
    static final String STUBS = "stubs.inc";

    private static final int EXCEPTIONS = 32;
    private static final int PAGE_FAULT = 14;
    /** INT3 and INTO: traps that the processor lets user mode raise only by a gate that it may use. */
    private static final List<Integer> RAISED_BY_USERS = List.of(3, 4);

    private static final int IRQS = 16;
    private static final int TIMER_IRQ = 0;
    private static final List<Integer> WITH_ERROR_CODE = List.of(8, 10, 11, 12, 13, 14, 17);
    private static final List<String> SYSTEM_CALLS = List.of(
            "ipc", "id_nearest", "fpage_unmap", "thread_switch", "thread_schedule", "lthread_ex_regs", "task_new");

    /**
     * An entry of the interrupt descriptor table.
     *
     * @param handler the label it leads to
     * @param user whether user mode may call it with INT
     */
    record Gate(String handler, boolean user) {}

    /**
     * A stub in front of a common handler.
     *
     * @param number what it pushes: the vector of an exception, the number of an IRQ
     * @param filler whether it pushes a zero first, where the processor pushes no error code
     */
    record Stub(String label, int number, boolean filler, String handler) {}

    private final List<Gate> gates = new ArrayList<>();
    private final List<Stub> stubs = new ArrayList<>();

    private EntryPoints() {}

    /** What the kernel has on an i486: exceptions from 0, IRQs from 20h, system calls from 30h. */
    static EntryPoints i486() {
        EntryPoints points = new EntryPoints();
        for (int vector = 0; vector < EXCEPTIONS; vector++) {
            points.exception(vector);
        }
        for (int irq = 0; irq < IRQS; irq++) {
            points.interrupt(irq);
        }
        SYSTEM_CALLS.forEach(call -> points.gates.add(new Gate(call, true)));
        return points;
    }

    private void exception(int vector) {
        boolean filler = !WITH_ERROR_CODE.contains(vector);
        stub(
                "exception_" + vector,
                vector,
                filler,
                vector == PAGE_FAULT ? "page_fault" : "exception",
                RAISED_BY_USERS.contains(vector));
    }

    private void interrupt(int irq) {
        if (irq == TIMER_IRQ) {
            gates.add(new Gate("timer", false));
        } else {
            stub("interrupt_" + irq, irq, false, "interrupt", false);
        }
    }

    private void stub(String label, int number, boolean filler, String handler, boolean user) {
        gates.add(new Gate(label, user));
        stubs.add(new Stub(label, number, filler, handler));
    }

    /** The entries of the interrupt descriptor table, from vector 0 on. */
    List<Gate> gates() {
        return List.copyOf(gates);
    }

    /** The files {@link #GATES} and {@link #STUBS} by name. */
    Map<String, String> sources() {
        CodeBuilder table = new CodeBuilder();
        for (Gate gate : gates) {
            table.ins("gate", sym(gate.handler()), sym(gate.user() ? "USER_GATE" : "KERNEL_GATE"));
        }
        CodeBuilder code = new CodeBuilder();
        for (Stub stub : stubs) {
            code.label(stub.label());
            if (stub.filler()) {
                code.ins("push", imm(0));
            }
            code.ins("push", imm(stub.number())).ins("jmp", sym(stub.handler()));
        }
        return Map.of(GATES, table.toSource(), STUBS, code.toSource());
    }
}
