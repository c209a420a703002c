"""Answers of the Staff Survey, published or record by record, in; percentages and scores with their limits out."""
