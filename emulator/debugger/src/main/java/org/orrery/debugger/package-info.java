/** The debugger's engine: a machine under control, with breakpoints, symbols, expressions and views of its state. */
package org.orrery.debugger;
