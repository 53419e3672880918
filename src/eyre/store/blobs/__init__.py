"""Raw deliveries, kept as files that are named by the hash of what they hold."""
