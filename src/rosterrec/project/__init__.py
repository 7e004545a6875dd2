"""A project folder from run to run: runs found and published, and what each has from the last."""
