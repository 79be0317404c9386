"""What people look at: the terminal's dashboard and lines, tables, and pictures of sessions, attention and banks."""
