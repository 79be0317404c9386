"""A folder of sounds → one preloaded block, a manifest, features per item, a cache."""
