"""OSC: the table of addresses, the wire format, the server and the sender."""
