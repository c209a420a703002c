"""Counts in; estimates, comparisons and released tables out. Arrays and tables only."""
