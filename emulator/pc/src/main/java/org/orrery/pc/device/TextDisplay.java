package org.orrery.pc.device;

import java.util.ArrayList;
import java.util.List;
import org.orrery.cpu.MemoryMapped;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;
import org.orrery.pc.bus.Oscillator;
import org.orrery.pc.bus.PortDevice;

/**
 * A VGA in its 80 by 25 colour text mode: 32 KB of text memory at B8000h, the CRT controller's registers, and the retrace bits of the
 * status register. It occupies A0000h to BFFFFh; the graphics planes are not there and read as all ones.
 */
public final class TextDisplay implements MemoryMapped, PortDevice, Stateful {
    public static final int BASE = 0xA0000;
    public static final int LENGTH = 0x20000;
    public static final int CRTC_INDEX = 0x3D4;
    public static final int STATUS = 0x3DA;
    public static final int COLUMNS = 80;
    public static final int ROWS = 25;
    /** Dots a second in text mode. */
    public static final long DOT_CLOCK_HZ = 28_322_000;

    /** 720 of the 900 dots of a line and 400 of the 449 lines of a frame are seen: 31.47 kHz and 70.09 Hz, IBM VGA reference. */
    private static final int LINE_DOTS = 900;

    private static final int SHOWN_DOTS = 720;
    private static final int FRAME_LINES = 449;
    private static final int SHOWN_LINES = 400;
    /** The vertical retrace pulse: lines 412 and 413. */
    private static final int RETRACE_LINE = 412;

    private static final int RETRACE_LINES = 2;
    private static final int STATUS_BLANK = 1;
    private static final int STATUS_RETRACE = 8;
    private static final int TEXT = 0x18000;
    private static final int START = 0x0C;
    private static final int CURSOR = 0x0E;

    private final Oscillator dots;
    private final byte[] text = new byte[LENGTH - TEXT];
    private final byte[] crtc = new byte[25];
    private int index;

    /** @param dots the dot clock */
    public TextDisplay(Oscillator dots) {
        this.dots = dots;
        for (int i = 0; i < text.length; i += 2) {
            text[i] = ' ';
            text[i + 1] = 7;
        }
    }

    /** The lines on the screen, in the characters of code page 437 as far as ASCII goes; others are shown as a dot. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < COLUMNS; column++) {
                int c = cell(row, column) & 0xFF;
                line.append(c == 0 ? ' ' : c < ' ' || c > '~' ? '.' : (char) c);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** A character on the screen in the low byte, its attribute in the high byte. */
    public int cell(int row, int column) {
        int at = 2 * (pair(START) + row * COLUMNS + column) % text.length;
        return text[at] & 0xFF | (text[at + 1] & 0xFF) << 8;
    }

    /** The cursor's row times 80 plus its column; it may be off the screen. */
    public int cursor() {
        return pair(CURSOR) - pair(START);
    }

    private int pair(int register) {
        return (crtc[register] & 0xFF) << 8 | crtc[register + 1] & 0xFF;
    }

    @Override
    public int read(int offset, int size) {
        int value = 0;
        for (int i = 0; i < size; i++) {
            int at = offset + i - TEXT;
            value |= (at >= 0 ? text[at] & 0xFF : 0xFF) << 8 * i;
        }
        return value;
    }

    @Override
    public void write(int offset, int size, int value) {
        for (int i = 0; i < size; i++) {
            int at = offset + i - TEXT;
            if (at >= 0) {
                text[at] = (byte) (value >> 8 * i);
            }
        }
    }

    @Override
    public int peek(int offset, int size) {
        return read(offset, size);
    }

    @Override
    public int in(int port) {
        return peek(port);
    }

    @Override
    public int peek(int port) {
        return switch (port) {
            case CRTC_INDEX -> index;
            case STATUS -> status();
            default -> index < crtc.length ? crtc[index] & 0xFF : 0xFF;
        };
    }

    private int status() {
        long dot = dots.now() % (LINE_DOTS * FRAME_LINES);
        long line = dot / LINE_DOTS;
        boolean shown = line < SHOWN_LINES && dot % LINE_DOTS < SHOWN_DOTS;
        boolean retrace = line >= RETRACE_LINE && line < RETRACE_LINE + RETRACE_LINES;
        return (shown ? 0 : STATUS_BLANK) | (retrace ? STATUS_RETRACE : 0);
    }

    @Override
    public void out(int port, int value) {
        if (port == CRTC_INDEX) {
            index = value;
        } else if (port == CRTC_INDEX + 1 && index < crtc.length) {
            crtc[index] = (byte) value;
        }
    }

    @Override
    public String stateName() {
        return "display";
    }

    @Override
    public void save(StateWriter out) {
        out.put("index", index);
        out.putBytes("crtc", crtc);
        out.putBytes("text", text);
    }

    @Override
    public void load(StateReader in) {
        index = in.getInt("index");
        in.getBytes("crtc", crtc);
        in.getBytes("text", text);
    }
}
