package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/** The control state of the x87: what FNINIT, FNCLEX, FLDCW, FNSTCW and FNSTSW touch. Arithmetic is not executed. */
final class Fpu implements Stateful {
    private static final int CONTROL_AFTER_INIT = 0x37F;
    private static final int EXCEPTIONS_AND_BUSY = 0x80FF;

    final boolean present;
    int control = CONTROL_AFTER_INIT;
    int status;

    Fpu(boolean present) {
        this.present = present;
    }

    void initialize() {
        control = CONTROL_AFTER_INIT;
        status = 0;
    }

    void clearExceptions() {
        status &= ~EXCEPTIONS_AND_BUSY;
    }

    @Override
    public String stateName() {
        return "fpu";
    }

    @Override
    public void save(StateWriter out) {
        out.put("control", control);
        out.put("status", status);
    }

    @Override
    public void load(StateReader in) {
        control = in.getInt("control");
        status = in.getInt("status");
    }
}
