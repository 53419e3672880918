"""What to ask people about: the doubts of a resolution, what each is worth, and what an answer would change."""
