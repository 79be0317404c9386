"""The bank transformer, a model family: which item of a bank comes next.

`family` says which module does what. `model` is the network, `step_graph` its step as it is exported; `sampling`,
`roles`, `augment` and `batch` draw training sequences; `split`, `normalisation`, `loss`, `validation` and `task` are
its training; `export`, `parity`, `from_export` and `trained_features` lead to exports and back; `evaluation` ranks the
true next items beside baselines.
"""
