"""Estimates in; what may be claimed of a difference, and against what it is judged, out."""
