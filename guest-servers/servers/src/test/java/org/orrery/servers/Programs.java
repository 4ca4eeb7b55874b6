package org.orrery.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All programs that there are: each {@code .asm} file is one. */
final class Programs {
    private static final Path SOURCES = Path.of("src/main/resources/org/orrery/servers");
    private static final String EXTENSION = ".asm";

    private Programs() {}

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
        }
    }
}
