"""The player with a performance RNN: notes of its own, in one stream of events with those of the musician."""
