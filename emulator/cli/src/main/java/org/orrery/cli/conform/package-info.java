/** Runs captures of single instructions on hardware, and compares what the CPU makes of them. */
package org.orrery.cli.conform;
