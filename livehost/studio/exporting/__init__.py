"""Exporting a model of any family: graphs, manifest, parity of the formats, one folder written atomically."""
