"""A head on a bank transformer that plays already: the time to the musician's next stroke.

`questions` draws sequences and the times that are asked for; `head` trains the head on the frozen network, beside
`baselines` that only count; `graft` puts it into an export whose other outputs stay as they are; `command` is
`livehost train strokes`.
"""
