"""The family of the mel VQ-VAE: sounds as grids of codes, and a prior that writes such grids.

`sampling` draws sounds with what they are to be like, `task` says by which losses codec and prior learn, one after the
other; `export` writes encoder, codebook, decoder and a step of the prior, `evaluation` asks about sounds that it has
not heard, `generate` lets it make some.
"""
