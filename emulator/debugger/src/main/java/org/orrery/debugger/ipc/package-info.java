/** IPC of L4 Version 2 kernels seen from outside: each message as one record, and what it cost. */
package org.orrery.debugger.ipc;
