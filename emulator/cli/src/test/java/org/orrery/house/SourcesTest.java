package org.orrery.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private static final Path ROOT =
            Path.of(System.getProperty("orrery.root", "../..")).toAbsolutePath();

    @Test
    void every_package_says_what_it_is() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> packages = files.filter(f -> f.toString().contains("/src/main/java/"))
                    .filter(f -> f.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
            assertThat(packages).isNotEmpty();
            assertThat(packages)
                    .allSatisfy(p -> assertThat(p.resolve("package-info.java")).exists());
        }
    }
}
