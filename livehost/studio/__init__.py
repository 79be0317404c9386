"""The studio: everything done at a desk; torch lives here and nowhere else.

`families` is the table of the models that livehost trains (one row a family; the commands are made from it), `family`
the contract that a row's code fulfils. `training`, `exporting` and `evaluation` are what all families share, and know
none of them; `bank_transformer` is one family; `audio_data` makes recordings of segments from music.
"""
