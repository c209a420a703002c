"""The question “Is it fair here, for which group, and how sure are we?” as pictures, tables and words."""
