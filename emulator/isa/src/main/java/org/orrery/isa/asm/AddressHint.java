package org.orrery.isa.asm;

/**
 * Which register of an address NASM takes for the base where two would do. It is the first one written, unless that is
 * written as a product; but once two numbers, or two multiples of one register, have been added up, nothing counts any
 * more and the order of the alphabet decides.
 */
final class AddressHint {
    /** What is known of {@link #register}. */
    enum Kind {
        NONE,
        BASE,
        NOT_BASE,
        SUMMED
    }

    private final Scope scope;
    private Kind kind = Kind.NONE;
    private Register register;

    private AddressHint(Scope scope) {
        this.scope = scope;
    }

    static AddressHint of(Expr address, Scope scope) {
        AddressHint hint = new AddressHint(scope);
        hint.walk(address);
        return hint;
    }

    boolean says(Kind wanted, Register of) {
        return kind == wanted && register == of;
    }

    boolean isSummed() {
        return kind == Kind.SUMMED;
    }

    /** Visits an expression in NASM's order of evaluation; true if its value has a term without a register. */
    private boolean walk(Expr expr) {
        if (expr instanceof Expr.Constant) {
            Value value = ((Expr.Constant) expr).constant();
            if (value.isScalar()) {
                return true;
            }
            if (kind == Kind.NONE) {
                register = (Register) value.terms().keySet().iterator().next();
                kind = Kind.BASE;
            }
            return false;
        }
        if (expr instanceof Expr.Unary) {
            return walk(((Expr.Unary) expr).operand());
        }
        return !(expr instanceof Expr.Binary) || walk((Expr.Binary) expr);
    }

    private boolean walk(Expr.Binary binary) {
        boolean left = walk(binary.left());
        boolean right = walk(binary.right());
        switch (binary.operator()) {
            case "+", "-":
                return sum(binary, left, right);
            case "*":
                if (kind == Kind.BASE && binary.value(scope).terms().containsKey(register)) {
                    kind = Kind.NOT_BASE;
                }
                return left && right;
            default:
                return true;
        }
    }

    private boolean sum(Expr.Binary binary, boolean left, boolean right) {
        Value sum = binary.value(scope);
        Value a = binary.left().value(scope);
        Value b = binary.right().value(scope);
        boolean number = left && right && sum.number() != 0;
        boolean term = a.terms().keySet().stream()
                .anyMatch(t -> b.terms().containsKey(t) && sum.terms().containsKey(t));
        if (number || term) {
            kind = Kind.SUMMED;
        }
        return left && right ? sum.number() != 0 : left || right;
    }
}
