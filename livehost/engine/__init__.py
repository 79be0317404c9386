"""Callback, mixer, limiter, worker, and the drivers that run them.

Kernels call the records that they are handed by one letter, everywhere the same: `e` the engine (`ENGINE`), `w` the
worker (`WORKER`), `v` a voice (`VOICE`), `c` a command or its record, `r` a record in a ring, `s` a state of their own,
`io` the arguments and results of a call, `p` or `parameters` the live settings of their thread.
"""
