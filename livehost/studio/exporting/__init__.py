"""From a trained network to a folder that plays: ONNX, manifest, parity."""
