"""Samples to features; knows no threads."""
