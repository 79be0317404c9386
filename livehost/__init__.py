"""livehost: an AI player for the stage."""

import os

from livehost.rt import compile_cache

__version__ = "0.1.0"

compile_cache.use_own_folder()
# from 1.31 on, ONNX Runtime would tell its makers what runs, from a thread of its own
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
