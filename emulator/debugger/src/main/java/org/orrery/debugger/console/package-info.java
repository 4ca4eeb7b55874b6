/** One registry of commands and the console that reads them, from a terminal or from a script. */
package org.orrery.debugger.console;
