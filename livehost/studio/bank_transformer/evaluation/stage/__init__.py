"""Stage rows: recordings asked as on stage, by the players' own decision code.

What sounds is peeked at and not yet over; what is chosen stands in the context from then on; items are those that a
bank measures. `cases` says what is heard and what is right, `methods` who answers, `loop` plays, `results` makes rows
with their intervals, `behaviour` measures what a rank does not say.
"""
