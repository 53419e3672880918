"""What goes wrong at the invented sources: drawn ahead of time, so that it is known what struck when."""
