"""The question “Where are we heading anyway?” as pictures, tables and words."""
