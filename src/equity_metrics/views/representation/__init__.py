"""The question “Who reaches which band, and does the board look like the workforce?” as pictures, tables and words."""
