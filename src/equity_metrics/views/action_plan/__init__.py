"""The question “Who does what by when, and does it help?” as a plan to edit, a picture, a table and words."""
