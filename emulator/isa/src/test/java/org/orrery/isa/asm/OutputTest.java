package org.orrery.isa.asm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.isa.debug.DebugInfo;
import org.orrery.isa.debug.DebugInfo.Kind;
import org.orrery.isa.debug.DebugInfo.Symbol;
import org.orrery.isa.elf.ElfImage;
import org.orrery.isa.elf.Segment;

/** What comes out beside the bytes. */
class OutputTest {
    private static final String KERNEL = """
            bits 32
            section .text start=0x100000 vstart=0xF0100000
            _entry: nop
            _start: call work
            .loop:  jmp .loop
            work:   mov eax, [value]
                    ret
            section .data align=16 vstart=0xF0200000
            value:  dd 5, work
            section .bss align=16
            buffer: resb 0x2000
            """;

    @TempDir
    Path directory;

    @Test
    void anElfFileHasASegmentForEachSectionAtItsTwoAddresses() {
        ElfImage image = ElfImage.read(Sources.assemble(KERNEL).toElf(), "k");
        assertThat(image.entry()).isEqualTo(0xF0100001);
        List<Segment> segments = image.segments();
        assertThat(segments).extracting(Segment::virtualAddress).containsExactly(0xF0100000, 0xF0200000, 0xF0200010);
        assertThat(segments).extracting(Segment::physicalAddress).containsExactly(0x100000, 0x100010, 0x100020);
        assertThat(segments).extracting(s -> s.bytes().length).containsExactly(14, 8, 0);
        assertThat(segments.get(2).memorySize()).isEqualTo(0x2000);
        assertThat(segments.get(1).bytes()).containsExactly(5, 0, 0, 0, 8, 0, 0x10, 0xF0);
    }

    @Test
    void symbolsHaveTheirSizesAndKinds() {
        assertThat(Sources.assemble(KERNEL).debugInfo().symbols())
                .contains(
                        new Symbol("_start", 0xF0100001, 7, Kind.FUNCTION),
                        new Symbol("_start.loop", 0xF0100006, 0, Kind.LABEL),
                        new Symbol("work", 0xF0100008, 6, Kind.FUNCTION),
                        new Symbol("value", 0xF0200000, 8, Kind.OBJECT),
                        new Symbol("buffer", 0xF0200010, 0x2000, Kind.OBJECT));
    }

    @Test
    void anAddressIsDescribedByTheFunctionNotByALocalLabel() {
        DebugInfo info = Sources.assemble(KERNEL).debugInfo();
        assertThat(info.describe(0xF0100007)).isEqualTo("_start+0x6");
        assertThat(info.describe(0xF0100008)).isEqualTo("work");
    }

    @Test
    void theListingShowsAddressesBytesAndMacros() {
        String listing = Sources.assemble(
                        "bits 32",
                        "%macro two 1",
                        "nop",
                        "mov eax, %1",
                        "%endmacro",
                        "start: two 5 ; twice",
                        "times 20 db 1")
                .listing();
        assertThat(listing).isEqualTo("""
                        ; t.asm
                             1                              bits 32
                             6                              start: two 5 ; twice
                             6 00000000  90               + nop
                             6 00000001  B805000000       + mov eax, 5
                             7 00000006  0101010101010101   times 20 db 1
                               0000000E  0101010101010101
                               00000016  01010101
                        """);
    }

    @Test
    void phasesEndWithTheNextOneOrWithTheirSection() {
        DebugInfo info = Sources.assemble(
                        "phase one",
                        "nop",
                        "section .data",
                        "dd 1",
                        "phase \"two words\"",
                        "dd 2",
                        "section .text",
                        "nop",
                        "phase three",
                        "nop",
                        "nop",
                        "phase",
                        "nop")
                .debugInfo();
        assertThat(info.phases())
                .containsExactly(
                        new DebugInfo.Phase("one", 0, 2),
                        new DebugInfo.Phase("three", 2, 4),
                        new DebugInfo.Phase("two words", 12, 16));
    }

    @Test
    void nasmAssemblesTheSameSourceWithOurDirectivesAsMacros() throws Exception {
        Nasm.assumeInstalled();
        Map<String, String> files = new HashMap<>(Map.of(
                "t.asm",
                """
                bits 32
                layout tcb, "kernel.layout"
                layout pair, "kernel.layout"
                layout tcb, "kernel.layout"
                debug abi, "l4-v2"
                start:
                phase "check message"
                .x: mov eax, [ebx + tcb.stack]
                phase
                jmp .x
                mov ecx, tcb_size + pair.high
                """,
                "kernel.layout",
                "struct tcb\nstate byte\nstack dword at 4\nend\nstruct pair\nlow dword\nhigh dword\nend\n"));
        Assembly ours = Sources.assemble(files);
        files.put("pre.inc", NasmCompatibility.preInclude(ours.debugInfo().layouts()));
        assertThat(Nasm.assemble(directory, files, "-P", "pre.inc")).isEqualTo(ours.toFlat());
    }

    @Test
    void definitionsCanBeGivenFromOutside() {
        Assembler assembler = new Assembler(SourceResolver.texts(Map.of("t.asm", "%if FAST\ndb FAST\n%endif\n")));
        assertThat(assembler.define("FAST", "3").assemble("t.asm").toFlat()).containsExactly(3);
    }

    @Test
    void symbolsCanBeAskedFor() {
        Assembly kernel = Sources.assemble(KERNEL, "size equ $ - buffer");
        assertThat(kernel.valueOf("work")).isEqualTo(0xF0100008L);
        assertThat(kernel.constants()).containsEntry("size", 0x2000L);
        assertThat(kernel.loadAddress()).isEqualTo(0x100000);
    }
}
