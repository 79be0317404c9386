"""`livehost evaluate beat`: whether the musician's beat is found, kept and foretold, beside trackers of others."""
