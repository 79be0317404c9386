"""Training: sequences are drawn from recordings, and a model learns what comes next."""
