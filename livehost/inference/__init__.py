"""Runs exported models: the same code on stage and in the studio.

`export` finds, reads, checks and opens an export; `manifest` is its header, `kinds` the table of what can follow it. A
`stepper` steps it token by token (`tokens`, `kv_cache`) by a back end: `ort_native`, `ort_python` or `torchscript`.
"""
