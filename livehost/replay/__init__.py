"""Replay: a session rendered again from its folder: as it was, to the bit, or as it would have been."""
