"""Notebooks in; pages for a board, without code, out."""
