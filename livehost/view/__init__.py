"""What people look at: the terminal's dashboard, the picture of a session."""
