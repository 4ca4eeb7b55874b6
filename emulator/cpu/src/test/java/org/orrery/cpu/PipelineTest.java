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

    /** Clocks beyond those of the table that a sequence takes, in 32-bit protected mode. */
    @ParameterizedTest(name = "{0}: {1} and {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nop; mov ax,bx | 2 | 1",
                "nop; mov [ds:ebx],ax | 2 | 2",
                "clc; mov ax,bx | 3 | 0",
                "nop; bswap edx | 2 | 1",
                "clc; bswap edx | 3 | 0",
                "nop; movzx edx,cx | 4 | 1",
                "test eax,eax; jz near on; nop; on: nop | 4 | 0",
                "nop; mov dword [ebx+4],5 | 2 | 1",
                "nop; mov dword [ebx],5 | 2 | 0",
                "clc; mov dword [ebx+4],5 | 3 | 0",
                "nop; mov eax,[ebx+edx] | 2 | 1",
                "nop; mov eax,[edx*2+0x9000] | 2 | 1",
                "nop; mov eax,[ebx+4] | 2 | 0",
                "nop; mov eax,[esp] | 2 | 0",
                "clc; mov eax,[ebx+edx] | 3 | 0",
                "nop; lea eax,[ebx+edx] | 3 | 0",
                "nop; mov word [ebx+edx+4],5 | 2 | 3"
            })
    void decodingTakesItsClocksBehindAnInstructionOfOneClock(String source, int clocks, int lost) {
        assertThat(flat(source)).isEqualTo(clocks + lost);
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mov ebx,0x9000; mov eax,[ebx] | 2 | 1",
                "mov ebx,0x9000; nop; mov eax,[ebx] | 3 | 0",
                "mov ebx,0x9000; mov eax,[esi+ebx] | 2 | 2",
                "mov edx,0; lea eax,[edx+1] | 2 | 1",
                "mov eax,[ebx]; mov edx,eax; nop; nop | 4 | 0",
                "mov edx,ebx; mov eax,[edx]; nop; nop | 4 | 1",
                "push eax; add esp,4; pop edx; sub esp,4; nop; pop edx; nop; sub esp,8; nop; pop edx; nop; add esp,4 | 12 | 1",
                "push eax; pop edx; nop; nop | 4 | 0",
                "push esp; pop esp; pop edx; push edx; nop; nop; nop | 7 | 1",
                "mov ebx,0x9000; xlatb; nop | 6 | 0",
                "mov esi,0x9000; lodsd; nop | 7 | 0"
            })
    void anAddressWaitsForARegisterJustWritten(String source, int clocks, int lost) {
        assertThat(flat(source)).isEqualTo(clocks + lost);
    }

    @ParameterizedTest(name = "{0}: {1} and {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mov al,1; mov ecx,eax; nop; nop | 4 | 1",
                "mov ah,1; add ecx,eax; nop; nop | 4 | 1",
                "mov al,1; nop; mov ecx,eax; nop | 4 | 0",
                "mov al,1; mov cl,al; nop; nop; nop | 5 | 0",
                "mov bl,0; mov eax,[ebx] | 2 | 2",
                "mov bl,0; nop; mov eax,[ebx] | 3 | 1",
                "mov al,1; nop; mov edx,[ebx] | 3 | 1",
                "mov al,1; nop; mov edx,[0x9000] | 3 | 0",
                "mov al,1; nop; lea edx,[ebx] | 3 | 0",
                "mov al,1; mov dl,1; mov ecx,[ebx] | 3 | 2",
                "mov al,1; xlatb; nop | 6 | 0"
            })
    void byteRegistersHaveTheirRules(String source, int clocks, int lost) {
        assertThat(flat(source)).isEqualTo(clocks + lost);
    }

    @Test
    void stallsAreChargedToTheirCauses() {
        assertThat(Loop.flat("again: nop; mov ax,bx; jmp again").round(Cause.PREFIX))
                .isEqualTo(1);
        assertThat(Loop.flat("again: nop; bswap edx; jmp again").round(Cause.DECODE))
                .isEqualTo(1);
        assertThat(Loop.flat("again: nop; movzx edx,byte [ebx+esi]; jmp again").round(Cause.DECODE))
                .isEqualTo(2);
        assertThat(Loop.flat("again: mov ebx,0x9000; mov eax,[ebx]; jmp again").round(Cause.AGI))
                .isEqualTo(1);
        assertThat(Loop.flat("again: mov bl,0; mov eax,[ebx]; jmp again").round(Cause.PARTIAL_REGISTER))
                .isEqualTo(1);
        assertThat(Loop.flat("again: mov al,0; mov ecx,eax; jmp again").round(Cause.PARTIAL_REGISTER))
                .isEqualTo(1);
    }

    /** Virtual 8086 mode is taken to be like real mode. */
    @Test
    void theModeDecidesHowLongAnAddressWaits() {
        assertThat(real("mov bx,0x9000; mov ax,[bx]")).isEqualTo(2 + 2);
        assertThat(flat("mov ebx,0x9000; mov eax,[ebx]")).isEqualTo(2 + 1);
    }
}
