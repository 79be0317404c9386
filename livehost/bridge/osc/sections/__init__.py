"""The rows of the table of addresses, a module for each section."""
