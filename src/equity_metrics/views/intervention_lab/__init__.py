"""The question “Did it work, compared with where we were heading anyway?” as pictures, tables and words."""
