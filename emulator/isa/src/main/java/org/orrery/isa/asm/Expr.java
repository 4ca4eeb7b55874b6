package org.orrery.isa.asm;

/** A parsed expression. */
sealed interface Expr {
    /**
     * The value.
     *
     * @throws ExpressionException if it has none
     */
    Value value(Scope scope);

    /** A number or a character constant. */
    record Constant(Value constant) implements Expr {
        Constant(long number) {
            this(Value.of(number));
        }

        @Override
        public Value value(Scope scope) {
            return constant;
        }
    }

    /** A symbol by its full name. */
    record Symbol(String name) implements Expr {
        @Override
        public Value value(Scope scope) {
            return scope.symbol(name);
        }
    }

    /** {@code $}. */
    record Here() implements Expr {
        @Override
        public Value value(Scope scope) {
            return scope.here();
        }
    }

    /** {@code $$}. */
    record Base() implements Expr {
        @Override
        public Value value(Scope scope) {
            return scope.base();
        }
    }

    /** {@code - ~ !} before an operand. */
    record Unary(String operator, Expr operand) implements Expr {
        @Override
        public Value value(Scope scope) {
            Value v = operand.value(scope);
            return switch (operator) {
                case "-" -> v.times(-1);
                case "~" -> Value.of(0).with(v, "~", (a, b) -> ~b);
                default -> Value.of(0).with(v, "!", (a, b) -> b == 0 ? 1 : 0);
            };
        }
    }

    /** {@code condition ? yes : no}. */
    record Conditional(Expr condition, Expr yes, Expr no) implements Expr {
        @Override
        public Value value(Scope scope) {
            Value c = condition.value(scope);
            if (!c.isScalar()) {
                throw new ExpressionException("the condition of ?: takes a plain number");
            }
            Value chosen = (c.number() != 0 ? yes : no).value(scope);
            return new Value(chosen.number(), chosen.terms(), chosen.unknown() || c.unknown());
        }
    }

    /** Two operands and what stands between them. */
    record Binary(String operator, Expr left, Expr right) implements Expr {
        @Override
        public Value value(Scope scope) {
            Value a = left.value(scope);
            Value b = right.value(scope);
            return switch (operator) {
                case "+" -> a.plus(b, 1);
                case "-" -> a.plus(b, -1);
                case "*" -> product(a, b);
                case "/", "//", "%", "%%" -> quotient(a, b);
                case "==", "=", "!=", "<>", "<", "<=", ">", ">=", "<=>" -> comparison(a, b);
                default -> a.with(b, operator, this::bits);
            };
        }

        private Value product(Value a, Value b) {
            if (a.unknown() || b.unknown()) {
                return Value.UNKNOWN;
            }
            if (!a.isScalar() && !b.isScalar()) {
                throw new ExpressionException("operator * takes at least one plain number");
            }
            return b.isScalar() ? a.times(b.number()) : b.times(a.number());
        }

        private Value quotient(Value a, Value b) {
            if (b.isKnownScalar() && b.number() == 0) {
                throw new ExpressionException("division by zero");
            }
            return a.with(b, operator, this::divide);
        }

        private long divide(long a, long b) {
            return switch (operator) {
                case "/" -> Long.divideUnsigned(a, b);
                case "//" -> a / b;
                case "%" -> Long.remainderUnsigned(a, b);
                default -> a % b;
            };
        }

        private Value comparison(Value a, Value b) {
            Value difference = a.plus(b, -1);
            if (difference.unknown()) {
                return Value.UNKNOWN;
            }
            if (!difference.isScalar()) {
                return Value.of(unequal());
            }
            boolean plain = a.isScalar();
            return Value.of(compare(plain ? Long.compare(a.number(), b.number()) : Long.signum(difference.number())));
        }

        /** The comparison of two addresses that have nothing to do with each other. */
        private long unequal() {
            return switch (operator) {
                case "==", "=" -> 0;
                case "!=", "<>" -> 1;
                default -> throw new ExpressionException("operator " + operator + " takes plain numbers only");
            };
        }

        private long compare(int order) {
            boolean holds = switch (operator) {
                case "==", "=" -> order == 0;
                case "!=", "<>" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> false;
            };
            return operator.equals("<=>") ? order : holds ? 1 : 0;
        }

        /** Shift counts are taken modulo 64, as NASM on a PC takes them. */
        private long bits(long a, long b) {
            return switch (operator) {
                case "|" -> a | b;
                case "^" -> a ^ b;
                case "&" -> a & b;
                case "<<", "<<<" -> a << b;
                case ">>" -> a >>> b;
                case ">>>" -> a >> b;
                case "||" -> a != 0 || b != 0 ? 1 : 0;
                case "&&" -> a != 0 && b != 0 ? 1 : 0;
                case "^^" -> a != 0 ^ b != 0 ? 1 : 0;
                default -> throw new IllegalStateException(operator);
            };
        }
    }
}
