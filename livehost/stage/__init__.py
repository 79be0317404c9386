"""One running session.

`stage` puts it together and runs it (`setup` makes its parts, `session` is `livehost run`), `control` carries out what
is asked of it, `event_bus` tells of it. `hot_swap` and `catalogue` change players, models and banks while it plays;
`outputs` are log, OSC, MIDI and recordings; `monitor`, `stats`, `recent` and `snapshot` are what it says of itself.
"""
