"""Training of any model family.

`launch` is `livehost train NAME`; `trainer` the loop, `learner` one step of it; `task` the contract of what is learnt.
`checkpoint` reads and writes checkpoints; `schedule`, `recipe`, `state`, `ema`, `nan_guard`, `batches`, `optimizer`,
`report`, `outcome`, `interrupts` and `fabric` are what their names say.
"""
