"""Invented counties with known truth, to measure how well and how fast rosters are linked."""
