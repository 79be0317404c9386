"""From an export to answers: tokens in, queries out, with the same compiled functions on stage and in the studio."""
