"""Material to learn from: recordings, renderings and compositions, cut into segments as on stage."""
