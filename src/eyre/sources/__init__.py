"""What a source publishes, made into records: manifest, bounded readers, strict parse, and the shipped sources.

A source is a folder: `manifest.yaml` says everything that can be said in words, and `golden/` holds a delivery with the
outcome expected of it. Nothing here reaches the network, the clock or the database.
"""
