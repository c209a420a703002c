"""Counts in, estimates and comparisons out: intervals, ratios, gaps, representation, release. Arrays and tables only."""
