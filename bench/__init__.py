"""Side-by-side comparisons with peers, each a command that prints a table."""
