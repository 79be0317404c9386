"""Onset detection: the trigger, the spectral confirmation, and the echo canceller in front of both."""
