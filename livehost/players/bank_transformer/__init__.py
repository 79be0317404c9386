"""The player with a trained transformer: one context of heard and played sounds, a query, the whole bank scored."""
