"""Mutants: small faults put into the source one at a time, each of which some test should notice.

`python -m tests.mutants --help` says how to run it. `operators` makes mutants of a source, `sample` draws some of a
tree, `tree` copies it, `reach` and `record` find the tests that reach a mutant, `trial` runs them, `results` keeps
what came out, and `report` tells it.
"""
