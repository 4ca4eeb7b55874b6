/** A guest that tests the i486 from the inside, and which rows of the instruction table it executes. */
package org.orrery.cli.suite;
