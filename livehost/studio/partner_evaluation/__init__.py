"""Tests of partnership: whether the player is in time with a musician, leaves room, rests and gives way.

`command` is ``livehost evaluate partner``. `material` makes what the musician plays, `starts` says what sounded in
answer and until when; the tests are in `anticipation`, `duo`, `call` and `keep_beat`, and in one table, `tests`.
Sessions are those of `livehost.studio.stage_evaluation`: sound in, sound and events out, offline.
"""
