/** Compares the clocks that guests take here and now with figures that others published. */
package org.orrery.cli.validate;
