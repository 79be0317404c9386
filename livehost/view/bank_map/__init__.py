"""A bank as a picture, ordered by similarity."""
