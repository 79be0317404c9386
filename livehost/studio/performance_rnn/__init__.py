"""The family of the performance RNN: piano performances, event by event, played with a musician.

`midi` and `dataset` read what it learns from, `sampling` makes sequences of it, `task` says by which loss; `export`
writes the network so that it plays; `generate` lets it play to a file, and `evaluation` measures it.
"""
