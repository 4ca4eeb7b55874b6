package org.orrery.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One test for each rule of the pipeline. */
class PipelineTest {
    private static long flat(String source) {
        return Loop.flat("again:" + source + "; jmp again").round() - 3;
    }

    private static long real(String source) {
        return Loop.real("again:" + source + "; jmp again").round() - 3;
    }

    /** The loops that Abrash timed on real chips, with the clocks that he found: Graphics Programming Black Book, chapters 12, 13, 16 and 21. */
    @Nested
    class Measured {
        @Test
        void aByteWrittenTwoClocksBeforeAnAddressCostsOne() {
            assertThat(Loop.copyInReal("mov dl,cl; nop; mov ax,[bx]")).isEqualTo(4);
        }

        @Test
        void aByteWrittenOneClockBeforeAnAddressCostsNothing() {
            assertThat(Loop.copyInReal("nop; mov dl,cl; mov ax,[bx]")).isEqualTo(3);
        }

        @Test
        void anIndexCostsOneClock() {
            assertThat(Loop.real("again: add ax,[bx+si]; add si,2; dec cx; jnz again")
                            .round())
                    .isEqualTo(8);
            assertThat(Loop.real("again: add ax,[si]; add si,2; dec cx; jnz again")
                            .round())
                    .isEqualTo(7);
        }

        @Test
        void aPointerMovedJustBeforeItsUseCostsTwoInRealMode() {
            assertThat(Loop.real("again: add si,2; add ax,[si]; dec cx; jnz again")
                            .round())
                    .isEqualTo(9);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "mov bx,0x9000; mov ax,[bx]; inc dx; dec cx; jnz again | 2",
                    "mov bx,0x9000; inc dx; mov ax,[bx]; dec cx; jnz again | 1",
                    "mov bx,0x9000; inc dx; dec cx; mov ax,[bx]; jnz again | 0"
                })
        void thePenaltyForAPointerFadesInTwoClocks(String source, int lost) {
            assertThat(Loop.real("again: " + source).round()).isEqualTo(7 + lost);
        }

        @Test
        void popThenReturnTakesSixClocks() {
            String pushes = "push word to0; nop; push ax; nop; push word to1; nop; push ax; nop;";
            String pairs = "pop ax; ret; to1: pop ax; ret; to0:";
            assertThat(Loop.real("again:" + pushes + pairs + "jmp again").round())
                    .isEqualTo(8 + 2 * 6 + 3);
        }

        @Test
        void popsInARowTakeOneClockEach() {
            assertThat(real("sub sp,8; clc; pop dx; pop cx; pop bx; pop ax")).isEqualTo(1 + 2 + 4);
        }

        @Test
        void anExplicitStackPointerCostsTwoInRealMode() {
            assertThat(real("push ax; add sp,2; nop; nop")).isEqualTo(4);
            assertThat(real("sub sp,2; nop; nop; pop ax; add sp,-2; pop ax")).isEqualTo(6 + 2);
            assertThat(real("sub sp,2; add sp,0; push word back; nop; nop; add sp,0; ret; nop; back: add sp,2"))
                    .as("push and return wait two clocks each")
                    .isEqualTo(1 + 1 + 2 + 1 + 2 + 1 + 2 + 5 + 1);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "mov al,bl; mov cx,dx; mov si,[di] | 4",
                    "mov bl,al; mov cl,3; mov ax,[si] | 5",
                    "mov cx,3; mov dl,al; mov si,[bx] | 3",
                    "mov bx,0x9000; mov cl,al; mov ax,[bx] | 5"
                })
        void bytesAndPointersAddUp(String source, int clocks) {
            assertThat(Loop.copyInReal(source)).isEqualTo(clocks);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "mov di,[bp+4]; mov bl,[di]; add dx,[bx+0x9000] | 8",
                    "mov bl,[di]; mov di,[bp+4]; add dx,[bx+0x9000] | 5",
                    "mov bl,[di]; mov di,[bp+4]; add dx,ax; mov ax,[bx+0x9000] | 4"
                })
        void wordCount(String source, int clocks) {
            assertThat(Loop.copyInReal(source)).isEqualTo(clocks);
        }

        @Test
        void aPrefixHidesBehindAnInstructionOfTwoClocks() {
            assertThat(Loop.flat("again: add ax,[esi]; adc ax,0; add esi,2; dec ecx; jnz again")
                            .round())
                    .isEqualTo(9);
        }

        @Test
        void theChecksumOfDwordsTakesTheTablesClocks() {
            assertThat(Loop.flat(
                                    "mov edx,[esi]; again: add eax,edx; mov edx,[esi+4]; adc eax,edx; mov edx,[esi+8]; adc eax,0;"
                                            + "add esi,8; dec ecx; jnz again")
                            .round())
                    .isEqualTo(10);
        }
    }

    @Nested
    class Decoding {
        @Test
        void eachPrefixTakesAClockAfterAnInstructionOfOneClock() {
            assertThat(flat("nop; nop; mov ax,bx")).isEqualTo(4);
            assertThat(flat("nop; nop; db 0x66, 0x3E; mov [ebx],ax")).isEqualTo(3 + 3);
        }
    }
}
