"""Patches for other programs, made from the table of OSC addresses: Pure Data, Max, Max for Live, touch surfaces."""
