"""Stage 8: what people and scripts get from a run."""
