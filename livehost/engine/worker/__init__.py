"""The worker: one native loop that hears, asks the players, and commands the audio thread."""
