"""Tests of the whole stage: sound in, sound and events out, by the offline driver, at the shipped defaults.

`command` is ``livehost evaluate stage``. `material` makes what the musician plays, `kits` the strokes of one kit and a
bank without them, `session` plays an offline session, `answers` says what answered what, `loudness` how loud it was;
the tests are in `strokes`, `taken`, `renders` and `sensitivity`, and in one table, `tests`.
"""
