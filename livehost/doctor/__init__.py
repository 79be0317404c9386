"""`livehost doctor`: what would hurt tonight, each with its remedy."""
