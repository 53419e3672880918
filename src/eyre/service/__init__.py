"""The use-cases: one transaction, one decision, one answer each."""
