package org.orrery.cpu.state;

/** A part of the machine with state of its own. Load reads exactly the fields that save wrote, in the same order. */
public interface Stateful {
    /** Names this part within its machine, for instance {@code pic.master}. */
    String stateName();

    void save(StateWriter out);

    void load(StateReader in);
}
