"""The table of addresses, OSC and MIDI; knows no samples."""
