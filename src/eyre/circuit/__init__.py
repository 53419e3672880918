"""The ride: what is due, lease it, fetch it, compare, commit, and say when it is due again."""
