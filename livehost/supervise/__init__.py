"""The supervisor of ``livehost run --supervise``: a small process that starts livehost again where it dies or hangs.

It imports nothing heavy, and of livehost only what stands here and below.
"""
