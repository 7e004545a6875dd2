"""What others make of the same two lists: who finds how many, how wrong, how fast."""
