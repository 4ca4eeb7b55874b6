package org.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
    /** mov al, 7 / out F4h, al. */
    private static final String EXIT_7 = "B007 E6F4";

    @TempDir
    private Path folder;

    @Test
    void the_byte_written_to_the_exit_device_is_the_exit_status() throws IOException {
        Result result = flat(EXIT_7);
        assertThat(result.status()).isEqualTo(7);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void qemu_exit_gives_qemus_status() throws IOException {
        assertThat(flat(EXIT_7, "--qemu-exit").status()).isEqualTo(15);
    }

    @Test
    void a_boot_sector_starts_in_real_mode() throws IOException {
        // mov ax, cs / mov al, 9 / out F4h, al: with 16-bit operands this is what follows
        Path image = Guests.bootSector(folder, "8CC8 B009 E6F4");
        assertThat(Result.of("run", image.toString()).status()).isEqualTo(9);
    }

    @Test
    void a_boot_sector_that_calls_the_bios_is_told_that_there_is_none() throws IOException {
        // mov ax, 0E41h / int 10h
        Result result =
                Result.of("run", Guests.bootSector(folder, "B8410E CD10").toString());
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains("this machine has no BIOS");
    }

    @Test
    void what_the_guest_sends_through_com1_is_on_standard_output() throws IOException {
        // mov dx, 3F8h / mov al, 'h' / out dx, al / mov al, 'i' ... with a wait for the transmitter in between
        String send = "66BAF803 B0%s EE 66BAFD03 EC A820 74FB ";
        Result result = flat(String.format(send, "68") + String.format(send, "69") + EXIT_7);
        assertThat(result.out()).isEqualTo("hi");
    }

    @Test
    void the_cycle_limit_is_status_4_and_says_where() throws IOException {
        Result result = flat("EBFE", "--max-cycles", "1000");
        assertThat(result.status()).isEqualTo(4);
        assertThat(result.err()).startsWith("orrery: the cycle limit is reached, at 0008:00100000");
    }

    @Test
    void a_triple_fault_is_status_3_with_registers_and_stack() throws IOException {
        Result result = flat("B878563412 0F0B");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("orrery: the guest crashed: ")
                .contains("0008:00100005", "eax 12345678", "cr0 00000011", "stack at linear 00007C00");
    }

    @Test
    void a_jump_into_nowhere_is_status_3() throws IOException {
        // jmp F0000000h, where nothing answers
        Result result = flat("E9FBFFEFEF");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).startsWith("orrery: the guest crashed: ");
    }

    @Test
    void a_halt_that_nothing_can_end_is_status_3() throws IOException {
        Result result = flat("FA F4");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).startsWith("orrery: the guest halted for good: halted with interrupts off");
    }

    @Test
    void a_reset_ends_the_run() throws IOException {
        // mov al, FEh / out 64h, al / jmp $
        Result result = flat("B0FE E664 EBFE");
        assertThat(result.status()).isZero();
        assertThat(result.err()).startsWith("orrery: the guest reset the machine");
    }

    @Test
    void stats_are_a_table_whose_causes_add_up() throws IOException {
        Result result = flat(EXIT_7, "--stats");
        assertThat(result.err()).contains("486dx50 with 16M, 50.0 MHz; final state ", "    execute ", "    total ");
    }

    @Test
    void json_stats_have_the_marked_parts() throws IOException {
        // mark 1 / nop / nop / mark 2
        Result result = flat("B001 E6E8 90 90 B002 E6E8" + EXIT_7, "--stats=json");
        JsonNode json = new ObjectMapper().readTree(result.err());
        JsonNode part = json.path("parts").path(0);
        assertThat(part.path("from").asInt()).isEqualTo(1);
        assertThat(part.path("to").asInt()).isEqualTo(2);
        assertThat(part.path("span").path("instructions").asLong()).isEqualTo(4);
        long sum = 0;
        for (JsonNode cycles : json.path("run").path("cyclesByCause")) {
            sum += cycles.asLong();
        }
        assertThat(sum).isEqualTo(json.path("run").path("cycles").asLong()).isPositive();
    }

    @Test
    void two_runs_give_the_same_account_but_for_the_hosts_time() throws IOException {
        String[] command = {"run", Guests.shared("sysc").toString(), "--append", "n=1000", "--stats=json"};
        assertThat(withoutHost(Result.of(command).err()))
                .isEqualTo(withoutHost(Result.of(command).err()));
    }

    private static String withoutHost(String json) {
        return json.replaceAll("(?s)\"host\" : \\{.*?}", "");
    }

    @Test
    void a_truncated_elf_file_is_one_line() throws IOException {
        byte[] whole = Files.readAllBytes(Guests.shared("sieve"));
        Path cut = Files.write(folder.resolve("cut.elf"), Arrays.copyOf(whole, whole.length * 3 / 4));
        badInput("but the file has only", "run", cut.toString());
    }

    @Test
    void a_missing_image_is_one_line() {
        badInput(
                "nothing.elf: no such file",
                "run",
                folder.resolve("nothing.elf").toString());
    }

    @Test
    void a_folder_as_image_is_one_line() {
        badInput("is a directory", "run", folder.toString());
    }

    @Test
    void a_missing_module_is_one_line() {
        badInput("absent: no such file", "run", Guests.shared("sieve").toString(), "--module", "absent=x");
    }

    @Test
    void an_unknown_kind_of_image_is_one_line() throws IOException {
        Path image = Guests.bytes(folder, "what.bin", "4F7272657279");
        badInput("what.bin: not a multiboot kernel", "run", image.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "-1M", "0M", "3X", "1000G", "99999999999999M", "1K", "M"})
    void a_memory_size_of_nonsense_is_one_line(String size) throws IOException {
        Path image = Guests.bytes(folder, "guest.bin", EXIT_7);
        badInput(
                "memory size '" + size + "'",
                "run",
                image.toString(),
                "--load-address",
                "0x100000",
                "--memory=" + size);
    }

    @Test
    void too_little_memory_is_one_line() {
        badInput(
                "needs 3M of memory; this machine has 1M",
                "run",
                Guests.shared("sieve").toString(),
                "--memory",
                "1M");
    }

    @Test
    void an_unknown_machine_is_one_line_with_those_there_are() throws IOException {
        Path image = Guests.bytes(folder, "guest.bin", EXIT_7);
        badInput("486dx50, 486dx33", "run", image.toString(), "--machine", "z80");
    }

    @Test
    void a_cycle_limit_of_nothing_is_one_line() throws IOException {
        Path image = Guests.bytes(folder, "guest.bin", EXIT_7);
        badInput("--max-cycles 0", "run", image.toString(), "--load-address=0x100000", "--max-cycles=0");
        badInput("'many' is not", "run", image.toString(), "--load-address=0x100000", "--max-cycles=many");
    }

    private Result flat(String hex, String... options) throws IOException {
        Path image = Guests.bytes(folder, "guest.bin", hex);
        String[] command = {"run", image.toString(), "--load-address", "0x100000"};
        String[] all = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        return Result.of(all);
    }

    private static void badInput(String part, String... command) {
        Result result = Result.of(command);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("orrery: ")
                .contains(part);
    }
}
