package org.orrery.debugger.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    @Test
    void threadIdHasTheFieldsOfVersion2() {
        ThreadId id = new ThreadId(3 << 28 | 5 << 17 | 2 << 10 | 1, 1 << 28 | 4 << 17 | 9);
        assertThat(id.task()).isEqualTo(5);
        assertThat(id.thread()).isEqualTo(2);
        assertThat(id.version()).isEqualTo(3 << 10 | 1);
        assertThat(id.chief()).isEqualTo(4);
        assertThat(id.nest()).isEqualTo(1);
        assertThat(id.site()).isEqualTo(9);
        assertThat(id).hasToString("5.2");
    }

    @Test
    void specialIdsHaveNames() {
        assertThat(new ThreadId(0, 0)).hasToString("nil");
        assertThat(new ThreadId(-1, -1)).hasToString("invalid");
        assertThat(new ThreadId(1, 0)).hasToString("irq 0");
    }

    @ParameterizedTest
    @CsvSource({
        "00400032, 00400000+4K read-write map",
        "00400031, 00400000+4K read-only grant",
        "00000082, whole space",
        "00800058, 00800000+4M read-only map",
        "00000000, nil",
        "00001008, 00001000+2^2 bytes (no valid size) read-only map"
    })
    void fpageTellsAddressSizeAndRights(String word, String text) {
        assertThat(new Fpage(Integer.parseUnsignedInt(word, 16)).toString()).startsWith(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00000000 | send never, receive never",
                "000000ff | send 0, receive 0",
                "000100f0 | send 1 µs, receive never",
                "05020079 | send 131.072 ms, receive 20.48 ms",
                "0100f00f | send never, receive 1 µs, page faults send 0, receive never",
                "01000001 | send never, receive 268.435456 s"
            })
    void timeoutsAreMantissaTimesAPowerOfFour(String word, String text) {
        assertThat(new Timeouts(Integer.parseUnsignedInt(word, 16))).hasToString(text);
    }

    @Test
    void timeoutsTellTheirFourFieldsApart() {
        Timeouts t = new Timeouts(0x02_03_CD_EF);
        assertThat(t.receive()).isEqualTo(2);
        assertThat(t.send()).isEqualTo(3 * 4);
        assertThat(t.receiveFault()).isEqualTo(16);
        assertThat(t.sendFault()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ffffffff | none",
                "00000000 | registers",
                "00000002 | registers, maps",
                "00401001 | message at 00401000, deceives"
            })
    void sendDescriptorIsDecoded(String word, String text) {
        assertThat(new SendDescriptor(Integer.parseUnsignedInt(word, 16))).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ffffffff | none",
                "00000000 | from the partner",
                "00000001 | from anybody",
                "00402000 | from the partner, buffer at 00402000",
                "00402033 | from anybody, accepts a mapping into 00402000+4K",
                "00000082 | from the partner, accepts a mapping into whole space"
            })
    void receiveDescriptorIsDecoded(String word, String text) {
        assertThat(new ReceiveDescriptor(Integer.parseUnsignedInt(word, 16))).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "ffffffff, ffffffff, 00020001, NOTHING",
        "00000000, ffffffff, 00020001, SEND",
        "00000000, 00000000, 00020001, CALL",
        "00000000, 00000001, 00020001, REPLY_AND_WAIT",
        "ffffffff, 00000001, 00020001, WAIT",
        "ffffffff, 00000000, 00020001, RECEIVE",
        "ffffffff, 00000000, 00000000, SLEEP"
    })
    void descriptorsGiveTheKind(String send, String receive, String partner, IpcKind kind) {
        assertThat(IpcKind.of(
                        new SendDescriptor(Integer.parseUnsignedInt(send, 16)),
                        new ReceiveDescriptor(Integer.parseUnsignedInt(receive, 16)),
                        new ThreadId(Integer.parseUnsignedInt(partner, 16), 0)))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00 | ok",
                "10 | non-existent partner",
                "20 | receive timeout",
                "30 | send timeout",
                "f0 | sent message cut",
                "02 | ok, fpage received",
                "05 | ok, deceived, redirected",
                "6100 | ok, 3 dwords, 1 string"
            })
    void dopeTellsErrorAndSizes(String word, String text) {
        assertThat(new Dope(Integer.parseUnsignedInt(word, 16))).hasToString(text);
    }

    @Test
    void oddErrorsAreOfTheSendPhase() {
        assertThat(IpcError.NON_EXISTENT.inSendPhase()).isTrue();
        assertThat(IpcError.SEND_TIMEOUT.inSendPhase()).isTrue();
        assertThat(IpcError.RECEIVE_TIMEOUT.inSendPhase()).isFalse();
        assertThat(IpcError.NONE.inSendPhase()).isFalse();
    }
}
