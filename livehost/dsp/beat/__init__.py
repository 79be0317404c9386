"""The beat of a musician, from onsets: tempo and phase as a distribution, and a fine line through what fits it."""
