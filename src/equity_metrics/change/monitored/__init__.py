"""Counts as they arrive in; the evidence of all looks so far, and what to do, out."""
