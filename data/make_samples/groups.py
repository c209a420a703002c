"""The workforce's ethnic categories as positions in arrays, and how much each differs from the average."""

import numpy as np

from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME, WORKFORCE_CATEGORIES, groups_of, wider_groups

GROUPS = groups_of(WORKFORCE_CATEGORIES)
WIDE = np.array([wider_groups(WORKFORCE_CATEGORIES, WHITE_BME)[group] for group in GROUPS])
FIVE = np.array([wider_groups(WORKFORCE_CATEGORIES, FIVE_GROUPS)[group] for group in GROUPS])
WHITE, BME, UNKNOWN = WIDE == "White", WIDE == "BME", ~np.isin(WIDE, ["White", "BME"])

WEIGHTS = np.array(
    [0.89, 0.02, 0.09, 0.03, 0.02, 0.025, 0.04, 0.27, 0.065, 0.025, 0.17, 0.055, 0.2, 0.025, 0.025, 0.05]
)
"""Shares within White (first three) and within BME (the rest); invented, sized in the order of the real workforce."""
UNKNOWN_SHARES = (0.03, 0.015)
"""Not stated and not known, of all staff."""
APPOINTED = {"Black or Black British": 0.85, "Asian or Asian British": 1.08, "Mixed or multiple ethnic groups": 1.05}
DISCIPLINED = {"Black or Black British": 1.35, "Asian or Asian British": 0.8, "Mixed or multiple ethnic groups": 1.1}
"""How much likelier than the BME average a wider group is; invented."""


def group_shares(bme_share: float, spread: np.ndarray) -> np.ndarray:
    """Share of each category in an organisation's staff; ``spread`` (16 factors) makes organisations differ."""
    weights = WEIGHTS * spread
    white, bme = weights * WHITE[:16], weights * BME[:16]
    known = 1 - sum(UNKNOWN_SHARES)
    shares = (1 - bme_share) * white / white.sum() + bme_share * bme / bme.sum()
    return np.array([*(known * shares), *UNKNOWN_SHARES])


def factors(by_five: dict[str, float]) -> np.ndarray:
    """Factor of each category, 1 for White and unknown, weighted to 1 over BME."""
    raw = np.array([by_five.get(five, 1.0) if bme else 1.0 for five, bme in zip(FIVE, BME, strict=True)])
    mean = np.average(raw[BME], weights=WEIGHTS[BME[:16]])
    return np.where(BME, raw / mean, raw)
