"""The words of an answer in; its first sentence, as a heading, and the rest out."""

import re

SHORTEST = 40
"""Letters; a shorter beginning, such as a place and a year, is no heading by itself."""
NEXT_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z])")


def headline(words: str) -> tuple[str, str]:
    """Part the first sentence from the rest.

    Parameters
    ----------
    words
        One or more sentences.

    Returns
    -------
    tuple of str
        The first sentence, or two where it says too little, and the others (empty where there are none).
    """
    ends = [gap.start() for gap in NEXT_SENTENCE.finditer(words) if gap.start() >= SHORTEST]
    return (words[: ends[0]], words[ends[0] + 1 :]) if ends else (words, "")
