"""The only room that knows SQL: sessions under a view, records, keys, judgements, the embedded server."""
