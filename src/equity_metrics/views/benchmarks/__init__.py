"""The question “Where do we stand among our peers?” as pictures, tables and words."""
