"""What a source can say: frozen values, with NIEM's name beside each field."""
