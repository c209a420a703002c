"""Counts before and after a start in; what changed against the trend, out."""
