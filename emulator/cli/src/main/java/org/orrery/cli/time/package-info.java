/** Times snippets of assembly on a machine that is set up for them: what each instruction takes, cold and warm, and why. */
package org.orrery.cli.time;
