"""livehost: an AI player for the stage."""

from livehost import _cache

__version__ = "0.1.0"

_cache.use_own_folder()
