"""The network's door: what sources send, how it goes, and whether all is well. HTTP status is decided only here."""
