package org.orrery.isa.asm;

/** Makes full names of local labels: {@code .x} after {@code f} is {@code f.x}. */
final class LabelScope {
    private String current = "";

    static boolean isLocal(String name) {
        return name.startsWith(".") && !name.startsWith("..");
    }

    /** Takes note of a label: those that follow with a dot are local to it. */
    void enter(String name) {
        if (!name.startsWith(".")) {
            current = name;
        }
    }

    String qualify(String name) {
        return isLocal(name) ? current + name : name;
    }
}
