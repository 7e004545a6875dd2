"""Kill it, fail it, run it twice at once: what must still be true of a project afterwards."""
