package org.orrery.isa.asm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the files that a source names: the source itself, what it includes, its layouts and binaries. */
@FunctionalInterface
public interface SourceResolver {
    /**
     * A file found.
     *
     * @param name what diagnostics call it, and what {@code includer} is when it names further files
     */
    record Source(String name, byte[] content) {}

    /**
     * Finds a file.
     *
     * @param name as written in the source
     * @param includer name of the file that asks, or empty for the first file
     * @return empty if there is no such file
     */
    Optional<Source> find(String name, String includer);

    /**
     * Files of the file system: beside the file that asks, then along the include path. The first file is looked up
     * from the working directory.
     */
    static SourceResolver files(List<Path> includePath) {
        return (name, includer) -> {
            Path beside = includer.isEmpty() ? Path.of(name) : Path.of(includer).resolveSibling(name);
            if (Files.isRegularFile(beside)) {
                return Optional.of(read(beside));
            }
            return includePath.stream()
                    .map(directory -> directory.resolve(name))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .map(SourceResolver::read);
        };
    }

    /** Resources of the class path, named relative to a class; always from the same folder. */
    static SourceResolver resources(Class<?> anchor) {
        return (name, includer) -> {
            try (InputStream in = anchor.getResourceAsStream(name)) {
                return in == null ? Optional.empty() : Optional.of(new Source(name, in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        };
    }

    /** Texts by name. */
    static SourceResolver texts(Map<String, String> texts) {
        return (name, includer) -> Optional.ofNullable(texts.get(name))
                .map(text -> new Source(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** This resolver, and where it finds nothing, another. */
    default SourceResolver or(SourceResolver other) {
        return (name, includer) -> {
            Optional<Source> found = find(name, includer);
            return found.isPresent() ? found : other.find(name, includer);
        };
    }

    private static Source read(Path path) {
        try {
            return new Source(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path.toString(), e);
        }
    }
}
