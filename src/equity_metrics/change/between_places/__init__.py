"""Counts of several places in; what changed where something was tried, against those where it was not, out."""
