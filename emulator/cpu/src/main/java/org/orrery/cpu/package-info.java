/** The i486 itself: registers, segmentation, exceptions, MMU and TLB, cache, the cycle ledger and the engine. Knows no device. */
package org.orrery.cpu;
