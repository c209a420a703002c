"""WHAT is measured, as data: indicators, ethnic groups, bands, survey questions. Imports nothing of the other rooms."""
