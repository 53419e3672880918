"""From raw text to values that can be compared; one small file a value."""
