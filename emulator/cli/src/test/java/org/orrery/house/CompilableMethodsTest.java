package org.orrery.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/** HotSpot leaves a method above {@code HugeMethodLimit} to its own interpreter for good, which costs a factor of 20 or more. */
class CompilableMethodsTest {
    private static final int HUGE_METHOD_LIMIT = 8000;
    /** Bytes of access flags, name and descriptor before the attribute count of a field or method (JVMS 4.5, 4.6). */
    private static final int MEMBER_HEADER = 6;
    /** Bytes of an attribute's name and length (JVMS 4.7). */
    private static final int ATTRIBUTE_HEADER = 6;
    /** Offset of {@code code_length} behind a Code attribute's header: max_stack and max_locals come first (JVMS 4.7.3). */
    private static final int CODE_LENGTH = 4;

    @Test
    void hotspot_compiles_every_method() throws IOException, URISyntaxException {
        List<String> huge = new ArrayList<>();
        int classes = 0;
        for (URL root : Collections.list(getClass().getClassLoader().getResources("org/orrery"))) {
            classes += checkAll(root.toURI(), huge);
        }
        assertThat(classes).as("classes read").isGreaterThan(30);
        assertThat(huge)
                .as("methods above %d bytes of bytecode", HUGE_METHOD_LIMIT)
                .isEmpty();
    }

    private static int checkAll(URI root, List<String> huge) throws IOException {
        if (!root.getScheme().equals("jar")) {
            return checkFolder(Path.of(root), huge);
        }
        try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
            return checkFolder(jar.getPath("org/orrery"), huge);
        }
    }

    private static int checkFolder(Path folder, List<String> huge) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(f -> f.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            checkClass(new ClassReader(Files.readAllBytes(file)), huge);
        }
        return files.size();
    }

    private static void checkClass(ClassReader in, List<String> huge) {
        int interfaces = in.header + 6;
        int fields = interfaces + 2 + 2 * in.readUnsignedShort(interfaces);
        int methods = members(in, fields, null);
        members(in, methods, huge);
    }

    /** Walks the fields or methods at {@code at}, notes huge code in {@code huge} if given, and returns where they end. */
    private static int members(ClassReader in, int at, List<String> huge) {
        int member = at + 2;
        for (int i = in.readUnsignedShort(at); i > 0; i--) {
            int attribute = member + MEMBER_HEADER + 2;
            for (int j = in.readUnsignedShort(member + MEMBER_HEADER); j > 0; j--) {
                if (huge != null && isCode(in, attribute)) {
                    note(in, member, in.readInt(attribute + ATTRIBUTE_HEADER + CODE_LENGTH), huge);
                }
                attribute += ATTRIBUTE_HEADER + in.readInt(attribute + 2);
            }
            member = attribute;
        }
        return member;
    }

    private static boolean isCode(ClassReader in, int attribute) {
        return in.readUTF8(attribute, new char[in.getMaxStringLength()]).equals("Code");
    }

    private static void note(ClassReader in, int method, int bytes, List<String> huge) {
        if (bytes > HUGE_METHOD_LIMIT) {
            String name = in.readUTF8(method + 2, new char[in.getMaxStringLength()]);
            huge.add(in.getClassName() + "." + name + ": " + bytes + " bytes");
        }
    }
}
