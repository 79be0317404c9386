"""The family of GANSynth: notes of any pitch, by levels and instantaneous frequencies.

`pitched` makes notes to learn from and tells the pitches of sounds, `notes` puts them into batches, `losses` says what
critic and generator want, `likeness` how like held-out notes made ones are, `task` trains the networks with an
optimiser each, `export` writes the generator and the encoder, `evaluation` asks which pitch is heard, and `generate`
plays notes.
"""
