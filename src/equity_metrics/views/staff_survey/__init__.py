"""The question “What do staff of each ethnic group tell us?” as pictures, tables and words."""
