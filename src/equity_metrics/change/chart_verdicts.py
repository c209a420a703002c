"""Directions of special causes, limits and a target in; the two verdicts of "Making Data Count" out."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from equity_metrics.change.special_causes import COMMON_CAUSE

_WORDS = {"higher": ("improvement", "concern"), "lower": ("concern", "improvement"), "equal": ("high", "low")}


def variations(directions: ArrayLike, better: str) -> NDArray[np.str_]:
    """Say of each point whether its special cause is an improvement or a concern.

    Parameters
    ----------
    directions
        Of the special causes: -1, 0 or 1, any shape.
    better
        ``"higher"``, ``"lower"``, or ``"equal"`` where neither is.

    Returns
    -------
    ndarray of str
        ``common cause``, ``improvement`` or ``concern``; ``high`` or ``low`` where neither direction is better.

    Raises
    ------
    ValueError
        If ``better`` is none of the three.

    References
    ----------
    NHS England, Making Data Count: variation icons.
    """
    if better not in _WORDS:
        raise ValueError(f"better must be 'higher', 'lower' or 'equal', got: {better!r}")
    high, low = _WORDS[better]
    way = np.asarray(directions)
    return np.select([way > 0, way < 0], [high, low], COMMON_CAUSE)


def assurance(lower: float, upper: float, target: float, better: str) -> str:
    """Say whether the process, left as it is, will meet a target.

    Parameters
    ----------
    lower, upper
        Process limits at the latest point.
    target
        In the unit of the limits.
    better
        ``"higher"``, ``"lower"``, or ``"equal"`` where neither is.

    Returns
    -------
    str
        ``consistent pass``, ``consistent fail`` or ``inconsistent``; empty where neither direction is better.

    References
    ----------
    NHS England, Making Data Count: assurance icons.
    """
    if better == "equal":
        return ""
    if lower <= target <= upper:
        return "inconsistent"
    return "consistent pass" if (target < lower) == (better == "higher") else "consistent fail"
