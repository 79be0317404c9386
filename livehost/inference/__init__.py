"""Runs exported models: manifests, KV cache, ONNX Runtime, tokens; the same code on stage and in the studio."""
