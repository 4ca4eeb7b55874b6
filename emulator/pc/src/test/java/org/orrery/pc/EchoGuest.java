package org.orrery.pc;

import java.util.HexFormat;
import org.orrery.pc.boot.BootOptions;
import org.orrery.pc.boot.ImageLoader;
import org.orrery.pc.boot.LoadAddress;
import org.orrery.pc.profile.Profile;

/**
 * A guest that lives on interrupts: it counts timer ticks at 0502h, sleeps and counts its awakenings at 0500h, echoes what comes through the
 * serial port, and exits on a q with the low byte of the tick count.
 */
public final class EchoGuest {
    private static final String CODE = ""
            + "fa 31c0 8ed8" //                       cli; xor ax,ax; mov ds,ax
            + "c70620003b7c a32200" //                vector 08h: timer
            + "c7063000467c a33200" //                vector 0Ch: serial
            + "b034e643 b0e8e640 b003e640" //         counter 0: mode 2, every 1000 ticks
            + "baf903 b001 ee bafc03 b008 ee" //      serial: interrupt on input, OUT2
            + "b0eee621 fb" //                        unmask 0 and 4; sti
            + "f4 ff060005 ebf9" //            wait:  hlt; inc word [500h]; jmp wait
            + "50 ff060205 b020e620 58 cf" //  timer: push ax; inc word [502h]; EOI; pop ax; iret
            + "50 52 baf803 ec 3c71 7408" //   serial: push ax, dx; read; is it q?
            + "ee b020e620 5a 58 cf" //               echo; EOI; pop dx, ax; iret
            + "a00205 e6f4 f4"; //             quit:  mov al,[502h]; out 0F4h,al; hlt

    private EchoGuest() {}

    public static byte[] image() {
        return HexFormat.of().parseHex(CODE.replace(" ", ""));
    }

    /** A machine with the guest loaded; its output goes to {@code console}. */
    public static Machine machine(StringBuilder console) {
        Machine machine = Machine.builder(Profile.byName(Profile.DEFAULT))
                .memory(1 << 20)
                .console(b -> console.append((char) b))
                .build();
        load(machine);
        return machine;
    }

    public static void load(Machine machine) {
        ImageLoader.load(machine, "echo", image(), BootOptions.NONE.withLoadAddress(new LoadAddress(true, 0, 0x7C00)));
    }
}
