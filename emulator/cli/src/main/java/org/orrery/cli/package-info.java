/** The {@code orrery} commands: they parse arguments, call the other rooms, print, and choose the exit status. */
package org.orrery.cli;
