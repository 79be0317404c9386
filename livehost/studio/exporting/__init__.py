"""Exporting a model of any family.

`write` is `livehost export NAME`: a folder with a manifest, written atomically; `onnx` writes graphs, 8-bit weights and
TorchScript; `parity` judges the differences between the formats.
"""
