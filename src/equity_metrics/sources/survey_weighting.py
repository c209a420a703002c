"""The notes of a Staff Survey workbook in; which questions are never weighted out."""

import re

UNWEIGHTED = "Unweighted"
"""How the workbooks name results without weights."""
_NEVER_WEIGHTED = re.compile(r"never weighted.*?:(.*)", re.IGNORECASE | re.DOTALL)
_RANGE = re.compile(r"\bQ(\d+)([a-z]?)(?:\s*[-–]\s*Q(\d+)([a-z]?))?", re.IGNORECASE)


def never_weighted(indicator: str, notes: str) -> bool:
    """Whether the notes of a workbook list a question among those that are never weighted.

    Parameters
    ----------
    indicator
        Lower-case question number.
    notes
        All text of the workbook's sheets without results.

    Returns
    -------
    bool

    References
    ----------
    NHS Staff Survey 2024, detailed spreadsheets, Notes: "the following questions are never weighted as they ask for
    demographic or factual information: Q1, Q10a, Q26d, Q27-Q31a and Q32-Q35".
    """
    listed = _NEVER_WEIGHTED.search(notes)
    found = re.match(r"q(\d+)([a-z]?)", indicator)
    if not listed or not found:
        return False
    number = (int(found[1]), found[2])
    for first, letter, last, last_letter in _RANGE.findall(listed[1].split("\n")[0]):
        low = (int(first), letter.lower())
        # "Q35" stands for all parts of question 35, "Q31a" for that part alone.
        high = (int(last or first), (last_letter if last else letter).lower() or "z")
        if low <= number <= high:
            return True
    return False
