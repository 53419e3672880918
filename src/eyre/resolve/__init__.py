"""Which records are of one person: a pure function of the records in a view and of a frozen model."""
