"""Sounds made from physics: the material of `livehost demo` and of tests that must know the truth about a take."""
