"""The schema's history: one named `.sql` file a step, forward only. `../schema.sql` is what they add up to."""
