"""The family `strike`: what drum was struck, and where, from the first 21 ms behind an onset.

Sounds come from `livehost.synthesis.membranes`, where everything about a drum is known: `sounds` renders them, drum by
drum, and no drum is on two sides of the split; `augment` makes of each what a microphone may give (the real detector's
onset, noise, a room); `task` learns, `evaluation` asks beside methods without a network, `export` writes.
"""
