"""The family of vocoders: a mel becomes a sound.

`crops` draws what it learns from, `losses` says how far sounds are apart, `task` trains generator and critics with an
optimiser each, `export` writes the generator, `evaluation` asks it beside Griffin-Lim, and `generate` sends a file
through it.
"""
