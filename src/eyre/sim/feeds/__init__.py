"""How each place of the invented country publishes: its format, its habits, and what it says at an instant."""
