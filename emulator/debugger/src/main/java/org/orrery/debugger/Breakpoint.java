package org.orrery.debugger;

/** A place, or a change of a value, at which a run stops. */
public final class Breakpoint {
    /** What a breakpoint looks at. */
    public enum Kind {
        /** The next instruction is at the address. */
        CODE,
        /** The bytes at the address changed. */
        WATCH
    }

    private final int number;
    private final Kind kind;
    private final int address;
    private final int size;
    private final boolean temporary;
    private final String condition;
    private final Expression parsed;
    private long ignore;
    private long hits;
    private boolean enabled = true;
    private int lastValue;

    Breakpoint(int number, Kind kind, int address, int size, boolean temporary, String condition) {
        this.number = number;
        this.kind = kind;
        this.address = address;
        this.size = size;
        this.temporary = temporary;
        this.condition = condition;
        parsed = condition.isEmpty() ? scope -> 1 : Expression.parse(condition);
    }

    public int number() {
        return number;
    }

    public Kind kind() {
        return kind;
    }

    /** The linear address. */
    public int address() {
        return address;
    }

    /** Bytes that are watched; 0 for code. */
    public int size() {
        return size;
    }

    /** Whether it goes away when it stops a run. */
    public boolean temporary() {
        return temporary;
    }

    /** The condition as written, or empty. */
    public String condition() {
        return condition;
    }

    /** How many more times it lets a run pass. */
    public long ignore() {
        return ignore;
    }

    public void setIgnore(long count) {
        ignore = count;
    }

    /** How often its condition held. */
    public long hits() {
        return hits;
    }

    public boolean enabled() {
        return enabled;
    }

    public void setEnabled(boolean on) {
        enabled = on;
    }

    /** The value that a watch saw last. */
    int lastValue() {
        return lastValue;
    }

    void setLastValue(int value) {
        lastValue = value;
    }

    /** Counts a hit if the condition holds. Returns whether the run is to stop. */
    boolean hit(Expression.Scope scope) {
        if (parsed.evaluate(scope) == 0) {
            return false;
        }
        hits++;
        if (ignore > 0) {
            ignore--;
            return false;
        }
        return true;
    }
}
