"""The question “How do we stand on the nine WRES indicators?” as pictures, tables and words."""
