package org.orrery.pc.boot;

import java.util.Arrays;
import java.util.Optional;
import org.orrery.cpu.Cpu;
import org.orrery.cpu.PhysicalMemory;
import org.orrery.pc.Machine;

/**
 * The first sector of a disk or diskette image, started as a BIOS does. There is no BIOS behind it: each vector points to its own CLI and
 * HLT in segment F000h, at offset four times the vector, so that a call to the BIOS ends the run at an address that tells which it was.
 */
final class BootSector {
    private static final int SECTOR = 512;
    private static final int LOADED_AT = 0x7C00;
    /** The largest diskette, 2.88 MB; a larger image is taken to be a hard disk's. */
    private static final int LARGEST_DISKETTE = 2880 * 1024;

    private static final int FIRST_DISK = 0x80;
    private static final int BIOS_SEGMENT = 0xF000;
    private static final int VECTORS = 256;
    private static final byte[] STUB = {(byte) 0xFA, (byte) 0xF4, (byte) 0xEB, (byte) 0xFC}; // cli; hlt; jmp to the cli

    private BootSector() {}

    static boolean is(byte[] image) {
        return image.length >= SECTOR && image[SECTOR - 2] == 0x55 && image[SECTOR - 1] == (byte) 0xAA;
    }

    static LoadedImage load(Machine machine, byte[] image) {
        PhysicalMemory memory = machine.memory();
        memory.load(LOADED_AT, Arrays.copyOf(image, SECTOR));
        for (int vector = 0; vector < VECTORS; vector++) {
            int offset = vector * STUB.length;
            memory.write32(4 * vector, BIOS_SEGMENT << 16 | offset);
            memory.load((BIOS_SEGMENT << 4) + offset, STUB);
        }
        EntryState.real(machine, 0, LOADED_AT, 0);
        machine.memory().setA20(false);
        machine.cpu().setRegister(Cpu.EDX, image.length > LARGEST_DISKETTE ? FIRST_DISK : 0);
        return new LoadedImage(LoadedImage.Kind.BOOT_SECTOR, LOADED_AT, Optional.empty());
    }
}
