"""Mutants: small faults put into the source one at a time, each of which some test should notice.

`python -m tests.mutants --help` says how to run it. `operators` finds what can be changed in a source, `sample` draws
from a tree, `tree` and `base` copy it, `imports` knows what depends on what, `record` and `reach` find the tests that
reach a mutant, `process` and `trial` run them, `results` keeps what came out, `report` tells it, and `session` is all
of that in order. Not part of CI, which has `tests/test_planted_faults.py`.
"""
