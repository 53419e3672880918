"""The only wiring, and the only reader of the environment and of the clock."""
