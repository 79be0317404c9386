"""The studio: everything done at a desk; torch lives here and nowhere else."""
