package org.orrery.cpu;

import org.orrery.cpu.state.StateReader;
import org.orrery.cpu.state.StateWriter;
import org.orrery.cpu.state.Stateful;

/**
 * Code fetch in time. When instructions first come from a line, the next one is asked for: from the cache it needs one clock in which data does
 * not use the cache's only port, from memory it comes behind whatever else the bus has to do. A line that is needed before it is there is waited
 * for. A branch's own clocks contain the fetch of its target's line from the cache. Clocks are those of EX: fetch runs ahead of it by as much at
 * both ends. Rules and sources: {@code docs/timing-model.md}.
 */
final class CodeFetch implements Stateful {
    private static final int LINE = -Cache.LINE;
    private static final int PAGE = ~0xFFF;
    private static final long NOT_HERE = -1;

    private final PrefetchQueue queue;
    private final Mmu mmu;
    private final Segments seg;
    private final Ledger ledger;
    private final Pipeline pipeline;

    /** When the next line was asked for, and how often data had used the cache by then. */
    private long asked;

    private long dataUses;
    /** The cache had it then. */
    private boolean cached;
    /** {@link Cache#changes} after that, or {@link #NOT_HERE} if the cache did not have the line that code comes from. */
    private long changes;

    CodeFetch(Core core, PrefetchQueue queue) {
        this.queue = queue;
        mmu = core.mmu;
        seg = core.seg;
        ledger = core.ledger;
        pipeline = core.pipeline;
    }

    /**
     * Goes on to the line of a linear address, in order or by a jump; returns the physical address. {@code nearLimit} is whether the code segment
     * ends in this line or the next.
     */
    int line(int linear, boolean jumped, boolean nearLimit) {
        long start = ledger.now;
        int physical = mmu.translate(linear, Mmu.READ);
        if (jumped && !nearLimit && again(physical & LINE)) {
            pipeline.restart();
            asked = start;
            dataUses = mmu.bus.dataUses();
            return physical;
        }
        if (jumped) {
            mmu.bus.forgetPrefetch();
            mmu.fetch(linear, physical);
            pipeline.restart();
        } else {
            await(linear, physical);
            if (ledger.now != start) {
                pipeline.starved(ledger.now - start);
            }
        }
        queue.advance(physical & LINE, jumped);
        askForNext(linear, physical);
        return physical;
    }

    /** A jump within a line that is in the cache with the next, of which nothing has changed: the shortest way for short loops. */
    private boolean again(int line) {
        return queue.holds(line, line + Cache.LINE) && cached && mmu.cache.changes() == changes && mmu.bus.calm();
    }

    private void await(int linear, int physical) {
        long start = ledger.now;
        boolean wasAsked = (physical & LINE) == queue.ahead();
        if (!wasAsked || !cached) {
            mmu.fetch(linear, physical);
        }
        boolean portFree = wasAsked && start - asked > mmu.bus.dataUses() - dataUses;
        if (ledger.now == start && !portFree && (cached || !wasAsked)) {
            ledger.charge(Cause.PREFETCH, 1);
        }
    }

    /** Asks for the line after that of an address, if it lies within the code segment and needs no walk of the page tables. */
    private void askForNext(int linear, int physical) {
        int next = (linear & LINE) + Cache.LINE;
        int offset = next - seg.base[Cpu.CS];
        if (Integer.compareUnsigned(offset, seg.limit[Cpu.CS]) > 0 || offset == 0) {
            return;
        }
        int target = (physical & LINE) + Cache.LINE;
        if ((next & ~PAGE) == 0) {
            long found = mmu.resident(next);
            if (found < 0) {
                return;
            }
            target = (int) found;
        }
        queue.ask(target);
        asked = ledger.now;
        dataUses = mmu.bus.dataUses();
        cached = mmu.prefetch(next, target);
        changes = mmu.cache.holds(physical) ? mmu.cache.changes() : NOT_HERE;
    }

    @Override
    public String stateName() {
        return "fetch";
    }

    @Override
    public void save(StateWriter out) {
        queue.save(out);
        out.put("asked", asked);
        out.put("dataUses", dataUses);
        out.put("cached", cached);
        out.put("changes", changes);
    }

    @Override
    public void load(StateReader in) {
        queue.load(in);
        asked = in.getLong("asked");
        dataUses = in.getLong("dataUses");
        cached = in.getBoolean("cached");
        changes = in.getLong("changes");
    }
}
