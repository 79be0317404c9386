"""`livehost soundcheck`: what the room, the card and the musician sound like, and the settings that follow."""
