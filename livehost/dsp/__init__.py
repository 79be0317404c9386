"""Samples to features; knows no threads.

`features` is the stream, `arrays` one function of whole arrays per feature, `segment` the vector of a whole sound,
`tables` what every slot means (and costs nothing to import), `standardise` the scale of a set of vectors, `onset` the
trigger. Everything else is the arithmetic behind them. Nothing is imported here: a module compiles only what it needs.
"""
