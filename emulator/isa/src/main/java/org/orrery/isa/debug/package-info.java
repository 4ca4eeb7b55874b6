/** What a debugger wants to know of a program: symbols, phases, layouts, source lines; written and read as text. */
package org.orrery.isa.debug;
