"""The bank transformer, a model family: which item of a bank comes next.

`family` says which module does what. `model` is the network, `step_graph` its step as it is exported; `sampling`
draws training sequences by `material`, `roles`, `lines`, `peeks`, `own_lines`, `follow`, `vectors` and `augment`, and
`batch` puts them side by side; `split`, `normalisation`, `loss`, `self_play`, `task` and `data` are its training;
`stage_cases`, `closed_loop` and `validation` its answers as on stage; `export`, `parity`, `from_export` and
`trained_features` lead to exports and back; `evaluation` ranks the true next items beside baselines. `sessions` learns
from what was played and judged on stage, `next_stroke` and `strokes` when the musician strikes next.
"""
