/** Where the cycles of two runs differ: by phase and by cause. */
package org.orrery.cli.compare;
