/** Snapshots of a whole machine, in memory and as files. */
package org.orrery.pc.snapshot;
