"""Numbers and verdicts in; the plain words for them out."""
