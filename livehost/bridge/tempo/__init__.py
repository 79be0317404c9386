"""Tempo: the clock of beats, where it comes from (tap, MIDI clock, Ableton Link, JACK), and MIDI clock out."""
