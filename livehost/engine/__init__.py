"""Callback, mixer, limiter, worker, and the drivers that run them."""
