"""The question “Who is behind BME?” as pictures, tables and words."""
