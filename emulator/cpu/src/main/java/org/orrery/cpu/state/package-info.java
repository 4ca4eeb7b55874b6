/** Saving and loading state by named fields, so that a snapshot of another shape is refused by name rather than misread. */
package org.orrery.cpu.state;
