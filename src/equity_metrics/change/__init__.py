"""Counts over time in; control charts, baseline trends and tests of interventions out."""
