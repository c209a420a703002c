"""Counts in; the limits of one proportion, gap, ratio or rate out."""
