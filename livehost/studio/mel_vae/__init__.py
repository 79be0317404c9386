"""The family of the mel VAE: sounds from points of a normal distribution, and everything that lies between two sounds.

`schedule` says how much the prior counts, `task` by which loss it learns, `export` writes encoder and decoder,
`evaluation` asks it about sounds that it has not heard, and `generate` lets it make some.
"""
