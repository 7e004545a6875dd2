"""Two police lists beside each other: who is who, and what changed. Frames in, frame out."""
