"""Released tables in; figures, sentences, explorers and exports out. Nothing here computes a number."""
