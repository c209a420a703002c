"""Complete tables in; what may be seen of them, so that nobody works out the rest, out."""
