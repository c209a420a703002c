"""Sizes and two proportions in; power, size or smallest detectable proportion by the normal formula out.

A first answer before any data; `power` simulates the test itself on the organisation's own baseline.
"""

from math import sqrt

from scipy.optimize import brentq
from scipy.stats import norm


def two_proportion_power(n: float, p1: float, p2: float, confidence: float = 0.95) -> float:
    """Chance that two groups of the same size are found to differ.

    Parameters
    ----------
    n
        People in each group.
    p1, p2
        Their true proportions, between 0 and 1.
    confidence
        Of the two-sided test.

    Returns
    -------
    float
        Between 0 and 1; the chance of a finding in the wrong direction is left out.

    Raises
    ------
    ValueError
        If a proportion is not between 0 and 1 or ``n`` is not above 0.

    References
    ----------
    Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 4.1.
    """
    for name, share in (("p1", p1), ("p2", p2)):
        if not 0 < share < 1:
            raise ValueError(f"{name} must be between 0 and 1, got: {share}")
    if n <= 0:
        raise ValueError(f"n must be above 0, got: {n}")
    pooled = (p1 + p2) / 2
    reach = norm.ppf((1 + confidence) / 2) * sqrt(2 * pooled * (1 - pooled))
    return float(norm.cdf((sqrt(n) * abs(p1 - p2) - reach) / sqrt(p1 * (1 - p1) + p2 * (1 - p2))))


def two_proportion_size(p1: float, p2: float, power: float = 0.8, confidence: float = 0.95) -> float:
    """People in each group from which two proportions are found to differ with a given power.

    Parameters
    ----------
    p1, p2
        True proportions; different.
    power, confidence
        Between 0 and 1.

    Returns
    -------
    float
        Not rounded.

    Raises
    ------
    ValueError
        If the proportions are equal or out of range.

    References
    ----------
    As `two_proportion_power`.
    """
    if p1 == p2:
        raise ValueError(f"p2 must differ from p1, got: {p2}")
    return float(brentq(lambda n: two_proportion_power(n, p1, p2, confidence) - power, 1e-6, 1e12, rtol=1e-12))


def detectable_proportion(n: float, p1: float, power: float = 0.8, confidence: float = 0.95) -> float:
    """Smallest proportion above ``p1`` that is found to differ from it with a given power.

    Parameters
    ----------
    n
        People in each group.
    p1
        Proportion of the first group.
    power, confidence
        Between 0 and 1.

    Returns
    -------
    float
        Proportion of the second group; 1 where even that would not be found.

    Raises
    ------
    ValueError
        If ``p1`` or ``n`` is out of range.

    References
    ----------
    As `two_proportion_power`.
    """
    highest = 1 - 1e-12
    if two_proportion_power(n, p1, highest, confidence) < power:
        return 1.0
    return float(brentq(lambda p2: two_proportion_power(n, p1, p2, confidence) - power, p1, highest, xtol=1e-14))
