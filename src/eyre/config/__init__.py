"""The settings: one frozen value, made at the top."""
