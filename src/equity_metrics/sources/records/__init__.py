"""Records, one person a row, in; counts out: the only step that sees rows."""
