package org.orrery.isa.asm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The open {@code %if}s. */
final class ConditionStack {
    private enum State {
        /** Lines are assembled. */
        ACTIVE,
        /** No branch has been taken yet. */
        WAITING,
        /** A branch has been taken, or nothing around is assembled. */
        DONE
    }

    private static final class Condition {
        State state;
        boolean elseSeen;
    }

    private final List<Condition> open = new ArrayList<>();

    boolean active() {
        return open.isEmpty() || top().state == State.ACTIVE;
    }

    int depth() {
        return open.size();
    }

    void cutTo(int depth) {
        open.subList(depth, open.size()).clear();
    }

    void begin(BooleanSupplier test) {
        Condition condition = new Condition();
        condition.state = State.DONE;
        boolean outer = active();
        open.add(condition);
        if (outer) {
            condition.state = test.getAsBoolean() ? State.ACTIVE : State.WAITING;
        }
    }

    void elseIf(int column, int least, BooleanSupplier test) {
        Condition condition = branch("%elif", column, least);
        if (condition.state == State.ACTIVE) {
            condition.state = State.DONE;
        } else if (condition.state == State.WAITING && test.getAsBoolean()) {
            condition.state = State.ACTIVE;
        }
    }

    void otherwise(int column, int least) {
        Condition condition = branch("%else", column, least);
        condition.elseSeen = true;
        condition.state = condition.state == State.WAITING ? State.ACTIVE : State.DONE;
    }

    void end(int column, int least) {
        check("%endif", column, least);
        open.remove(open.size() - 1);
    }

    private Condition branch(String directive, int column, int least) {
        check(directive, column, least);
        if (top().elseSeen) {
            throw new SyntaxException(column, directive + " after %else");
        }
        return top();
    }

    private void check(String directive, int column, int least) {
        if (open.size() <= least) {
            throw new SyntaxException(column, directive + " without %if");
        }
    }

    private Condition top() {
        return open.get(open.size() - 1);
    }
}
