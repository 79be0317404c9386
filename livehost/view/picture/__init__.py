"""The picture of a session, and the page that all pictures are drawn on."""
