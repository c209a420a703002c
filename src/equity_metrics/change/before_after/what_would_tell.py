"""The precision of a test so far in; how many more periods or sites would be enough to tell out."""

from collections.abc import Callable
from math import ceil, log

import numpy as np

from equity_metrics.change.interventions import Intervention

LONGEST_WAIT = {"year": 10, "month": 60}
"""Beyond these nobody waits, and the sentence says so."""


def sites_needed(half_width: float, worthwhile: float) -> int:
    """How many more sites like this one would narrow the interval to the smallest worthwhile effect.

    Parameters
    ----------
    half_width
        Half the interval of one site, on the scale on which effects add (log for ratios).
    worthwhile
        Smallest worthwhile effect, same scale, above 0.

    Returns
    -------
    int
        Sites beside this one; the variance of a mean of independent sites falls with their number.
    """
    return max(ceil((half_width / worthwhile) ** 2) - 1, 0)


def periods_needed(half_width_after: Callable[[int], float], worthwhile: float, longest: int) -> int | None:
    """How many more periods would narrow the interval to the smallest worthwhile effect.

    Parameters
    ----------
    half_width_after
        Half the interval expected after so many more periods.
    worthwhile
        Smallest worthwhile effect, on the same scale.
    longest
        Periods that anybody would wait.

    Returns
    -------
    int or None
        The first number that is enough, of about a dozen between 1 and the longest; None where none is.
    """
    tried = np.unique(np.geomspace(1, longest, 16).round().astype(int)).tolist()
    return next((more for more in tried if half_width_after(more) <= worthwhile), None)


def what_would_tell(
    intervention: Intervention, *, verdict: str, half_width_after: Callable[[int], float], no_effect: float, unit: str
) -> str:
    """Say what would change the verdict of a test of before and after.

    Parameters
    ----------
    intervention
        Gives the smallest worthwhile effect.
    verdict
        One of the three.
    half_width_after
        As for ``periods_needed``; after 0 more periods it is the present half width.
    no_effect
        1 for a ratio, 0 for a difference.
    unit
        ``"year"`` or ``"month"``.

    Returns
    -------
    str
        One sentence.
    """
    if verdict == "changed":
        return f"It would no longer hold if the {unit}s to come went back to the expected path."
    if intervention.smallest_worthwhile is None:
        return "Agree the smallest effect worth having: without it no result can be called no meaningful change."
    smallest = intervention.smallest_worthwhile
    if verdict == "no meaningful change":
        return f"A smaller effect than {smallest:g} would have to be worth having."
    worthwhile = log(smallest) if no_effect == 1 else smallest
    more = periods_needed(half_width_after, worthwhile, LONGEST_WAIT[unit])
    sites = max(sites_needed(half_width_after(0), worthwhile), 1)
    also = f"{sites} more {'site' if sites == 1 else 'sites'} like this one"
    limit = LONGEST_WAIT[unit]
    if more is None:
        return (
            f"Up to {limit} more {unit}s would not narrow the interval to the smallest worthwhile effect "
            f"({smallest:g}), because the baseline is too short to fix the path; about {also} would."
        )
    wait = f"{more} more {unit}{'' if more == 1 else 's'}"
    return f"About {wait}, or {also}, would narrow the interval to the smallest worthwhile effect ({smallest:g})."
