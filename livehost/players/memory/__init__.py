"""What a session remembers: which sound followed which, heard and played, in contexts of any length."""
