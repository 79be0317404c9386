"""Sounds to learn from: the data cache of audio and mels, sounds that are made, and mels in torch.

`cache` is the two layers on disk, `cut` makes clips of a file, `split` says who learns and who is asked, `made` renders
notes and physical models, `mel` analyses in torch what `livehost.dsp.mel_contract` analyses in numpy.
"""
