package org.orrery.pc.device;

import java.time.LocalDateTime;
import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;

/**
 * Registers 0 to 9 of the MC146818: time, alarm and date. They are kept as numbers and shown in BCD or binary, in 12 or 24 hours, as
 * register B says. Every fourth year is a leap year, as on the chip.
 */
final class Calendar {
    private static final int B_24_HOURS = 2;
    private static final int B_BINARY = 4;
    private static final int PM = 0x80;
    /** An alarm register with the top two bits set matches anything. */
    private static final int ANY = 0xC0;

    private static final int SECOND = 0;
    private static final int MINUTE = 2;
    private static final int HOUR = 4;
    private static final int WEEKDAY = 6;
    private static final int DAY = 7;
    private static final int MONTH = 8;
    private static final int YEAR = 9;
    private static final int SECONDS_A_DAY = 86_400;

    /** Numbers, except for the alarm at 1, 3 and 5, which is kept as written. */
    private final int[] registers = new int[10];

    /** Whether a register of the clock is one of these. */
    static boolean has(int index) {
        return index <= YEAR;
    }

    void set(LocalDateTime time) {
        registers[WEEKDAY] = time.getDayOfWeek().getValue() % 7 + 1;
        setDate(time);
    }

    private void setDate(LocalDateTime time) {
        registers[SECOND] = time.getSecond();
        registers[MINUTE] = time.getMinute();
        registers[HOUR] = time.getHour();
        registers[DAY] = time.getDayOfMonth();
        registers[MONTH] = time.getMonthValue();
        registers[YEAR] = time.getYear() % 100;
    }

    /** Lets seconds pass; returns whether the alarm matched one of them. */
    boolean advance(long seconds, int registerB) {
        boolean alarm = alarmWithin(seconds, registerB);
        LocalDateTime before = LocalDateTime.of(2000 + registers[YEAR] % 100, 1, 1, 0, 0)
                .plusMonths(registers[MONTH] - 1)
                .plusDays(registers[DAY] - 1)
                .plusSeconds(secondOfDay());
        LocalDateTime after = before.plusSeconds(seconds);
        long days = after.toLocalDate().toEpochDay() - before.toLocalDate().toEpochDay();
        registers[WEEKDAY] = (int) Math.floorMod(registers[WEEKDAY] - 1 + days, 7L) + 1;
        setDate(after);
        return alarm;
    }

    private int secondOfDay() {
        return registers[HOUR] * 3600 + registers[MINUTE] * 60 + registers[SECOND];
    }

    private boolean alarmWithin(long seconds, int registerB) {
        int start = secondOfDay();
        for (int i = 1; i <= Math.min(seconds, SECONDS_A_DAY); i++) {
            int t = (start + i) % SECONDS_A_DAY;
            if (matches(1, encode(t % 60, registerB))
                    && matches(3, encode(t / 60 % 60, registerB))
                    && matches(5, encodeHour(t / 3600, registerB))) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(int alarm, int value) {
        return registers[alarm] >= ANY || registers[alarm] == value;
    }

    int read(int index, int registerB) {
        return switch (index) {
            case 1, 3, 5 -> registers[index];
            case HOUR -> encodeHour(registers[HOUR], registerB);
            default -> encode(registers[index], registerB);
        };
    }

    void write(int index, int value, int registerB) {
        registers[index] = switch (index) {
            case 1, 3, 5 -> value;
            case HOUR -> decodeHour(value, registerB);
            default -> decode(value, registerB);
        };
    }

    private static int encode(int number, int registerB) {
        return (registerB & B_BINARY) != 0 ? number & 0xFF : number / 10 % 10 << 4 | number % 10;
    }

    private static int decode(int value, int registerB) {
        return (registerB & B_BINARY) != 0 ? value : (value >> 4) * 10 + (value & 15);
    }

    private static int encodeHour(int hour, int registerB) {
        if ((registerB & B_24_HOURS) != 0) {
            return encode(hour, registerB);
        }
        return encode((hour + 11) % 12 + 1, registerB) | (hour >= 12 ? PM : 0);
    }

    private static int decodeHour(int value, int registerB) {
        if ((registerB & B_24_HOURS) != 0) {
            return decode(value, registerB);
        }
        return decode(value & ~PM, registerB) % 12 + ((value & PM) != 0 ? 12 : 0);
    }

    void save(StateWriter out) {
        out.putInts("calendar", registers);
    }

    void load(StateReader in) {
        in.getInts("calendar", registers);
    }
}
