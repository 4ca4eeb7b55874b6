package org.orrery.isa.debug;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the fields of a structure lie.
 *
 * <p>A layout file holds structures, each from a line {@code struct NAME} to a line {@code end}. Each line between is a
 * field: {@code NAME TYPE [COUNT] [at OFFSET]}, where TYPE is {@code byte}, {@code word}, {@code dword}, {@code qword}
 * or a number of bytes, and COUNT makes it an array. A field follows the one before it without padding unless {@code at}
 * says otherwise; an {@code at} may go back, so that fields overlap. The structure ends with the byte after its highest
 * field, or has the size that {@code struct NAME size BYTES} gives. Numbers are decimal or begin with {@code 0x}. A
 * {@code ;} begins a comment; the comment of a field is kept.
 *
 * @param size bytes of the whole structure
 */
public record Layout(String name, int size, List<Field> fields) {
    /**
     * A field.
     *
     * @param offset bytes from the start of the structure
     * @param unit bytes of one element
     * @param count number of elements; 1 if it is no array
     * @param comment what the layout file says of it, or empty
     */
    public record Field(String name, int offset, int unit, int count, String comment) {
        /** Bytes of the whole field. */
        public int size() {
            return unit * count;
        }
    }

    /** A structure with fields inside of it and names that differ. */
    public Layout {
        fields = List.copyOf(fields);
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new LayoutException("structure " + name + " has two fields '" + field.name() + "'");
            }
            if (field.offset() < 0 || (long) field.offset() + field.size() > size) {
                throw new LayoutException("field " + name + "." + field.name() + " lies outside of the structure");
            }
        }
    }

    /**
     * Reads a layout file.
     *
     * @param file its name, for messages
     * @throws LayoutException if it is not valid
     */
    public static List<Layout> read(String file, String text) {
        return new LayoutReader(file).read(text);
    }

    /**
     * A field by its name.
     *
     * @throws LayoutException if there is none
     */
    public Field field(String fieldName) {
        return fields.stream()
                .filter(f -> f.name().equals(fieldName))
                .findFirst()
                .orElseThrow(() -> new LayoutException("structure " + name + " has no field '" + fieldName + "'"));
    }

    /** Bytes from the start of the structure to a field. */
    public int offset(String fieldName) {
        return field(fieldName).offset();
    }

    /** The field that an offset lies in; of overlapping ones the first. */
    public Optional<Field> fieldAt(int offset) {
        return fields.stream()
                .filter(f -> offset >= f.offset() && offset < f.offset() + f.size())
                .findFirst();
    }

    /** The same as a {@code struc} of NASM: what the directive {@code layout} stands for. */
    public String toNasmStruc() {
        List<String> lines = new ArrayList<>();
        lines.add(name + " equ 0");
        for (Field field : fields) {
            lines.add(name + "." + field.name() + " equ " + field.offset());
        }
        lines.add(name + "_size equ " + size);
        return String.join("\n", lines) + "\n";
    }
}
