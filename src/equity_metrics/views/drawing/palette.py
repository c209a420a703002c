"""Colours and signs that every figure uses; chosen to differ for colour-blind eyes, always with a second cue."""

INK = "#1d2b36"
MUTED = "#5b6770"
FAINT = "#c9d1d6"
PAPER = "#ffffff"
GROUP = "#005eb8"
"""The group that is looked at: a strong blue, 6.4 : 1 on white."""
REFERENCE = "#8a4b00"
"""The group compared with: a brown, told from the blue by its diamond as well."""
RANGE = "#e8edee"
"""The named range around parity."""
BOUNDS = "#7fafdb"
"""A band of bounds within which the value lies; no value is known."""

EVIDENT, UNSURE, REFERENCE_SIGN = "circle", "circle-open", "diamond"
"""Filled where the interval excludes parity, open where it does not."""

FONT = {"family": "Arial, Helvetica, sans-serif", "size": 14, "color": INK}
