"""A type of organisation as some file names it in; the benchmarking group of the detailed results out."""

import re

MENTAL_HEALTH = "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts"
BENCHMARKING_GROUPS = {
    "ambulance": "Ambulance Trusts",
    "mental": MENTAL_HEALTH,
    "mh": MENTAL_HEALTH,
    "specialist": "Acute Specialist Trusts",
    "acute": "Acute and Acute & Community Trusts",
    "community": "Community Trusts",
}
"""A telling word, the first that fits, and the group's name in the NHS Staff Survey 2024 detailed results."""
_NOT_TRUSTS = {"social", "surgical", "icb", "icbs", "csu", "csus"}


def benchmarking_group(name: str) -> str | None:
    """Benchmarking group that a sheet's or type's name means; names differ by year, so single words decide.

    Parameters
    ----------
    name
        For example ``"MH&LD, MH, LD & Community Trust"``.

    Returns
    -------
    str or None
        ``None`` where no trust is recognised.
    """
    words = re.findall(r"[a-z]+", name.lower())
    if _NOT_TRUSTS.intersection(words):
        return None
    return next((group for word, group in BENCHMARKING_GROUPS.items() if word in words), None)
