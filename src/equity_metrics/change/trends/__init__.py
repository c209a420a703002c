"""Counts over time in; where the gap between two groups is heading, out."""
