; A thread of its own task that a test plays with.

        bits 32
%include "l4.inc"
%include "puppet.inc"

%ifndef ORIGIN
%define ORIGIN 0x00240000
%endif
        org ORIGIN

section .text
global _start
_start:
%include "puppet-code.inc"
