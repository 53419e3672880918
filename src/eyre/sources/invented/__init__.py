"""Ten invented sources of an invented state: real formats and real dirt, invented people."""
