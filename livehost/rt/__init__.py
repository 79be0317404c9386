"""What a real-time thread is made of; knows no music.

`native` compiles entries and kernels (`compilers` has how, `compile_cache` where it is kept), `audit` reads what came
of it. `ring`, `audio_ring`, `broadcast`, `gate` and `semaphore` join threads; `platform`, `thread`, `memory`,
`denormals` and `atomics` are what a thread needs of the system; `packets` and `sockets` read the network without
Python.
"""
