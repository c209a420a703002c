"""Counts over time in; control charts, their flags and how often a flag is false, out."""
