"""The question “What would it take, and how long until we know?” as pictures, tables and words."""
