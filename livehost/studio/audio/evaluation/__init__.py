"""How models of sounds are measured: what comes back of sounds that they have not heard, and what they make.

`feature_space` measures sounds as the stage hears them, `distances` compares sets of sounds in that space, `made` makes
those that are compared, `baselines` are the codes without a network, `command` asks and shows.
"""
