"""Answers and where they come from in; files that people take away, and what a reviewer finds in them, out."""
