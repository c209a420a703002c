"""Records in; one released table, counted and protected once and kept on disk, out."""
