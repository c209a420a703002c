"""A generator in; forty invented organisations out."""

import numpy as np
import pandas as pd

PLACES = (
    *("Alderbrook", "Ashmere", "Birchcombe", "Bramwell", "Calderfold", "Cressley", "Dovermoor", "Elmstead Vale"),
    *("Fairhollow", "Fernleigh", "Garthside", "Hazelton Moor", "Heronsgate Fen", "Ivydale", "Juniper Vale"),
    *("Kestrel Bay", "Larkhill Moor", "Lindenford", "Marlowe Cross", "Meadowfen", "Nettlecombe Bay", "Oakenshaw Fen"),
    *("Orchard Heath", "Pinewater", "Quarrybank Moor", "Ravensmoor", "Redwillow", "Rowanbridge", "Sallowfield"),
    *("Silverbeck", "Sorrelby", "Stonehurst Vale", "Swallowdown", "Tansy Green", "Thornmere", "Umberleigh Moor"),
    *("Violet Hill", "Whinfell", "Willowmarsh", "Yarrowdale"),
)
SYSTEMS = {
    "Northmoor": "Upper region",
    "Eastvale": "Upper region",
    "Southmere": "Lower region",
    "Westholt": "Lower region",
}
KINDS = {
    "Hospitals": "Acute and Acute & Community Trusts",
    "Mental Health": "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts",
    "Community Care": "Community Trusts",
}
"""Each kind's benchmarking group, named as the Staff Survey's benchmark file names it."""
NUMBER_OF_KIND = {"Hospitals": 16, "Mental Health": 12, "Community Care": 12}
MEDIAN_STAFF = {"Hospitals": 6500, "Mental Health": 3200, "Community Care": 1800}
STAFF_LIMITS = (400, 14_000)
TINY, TINY_STAFF = 39, 60
"""Position and headcount of the organisation with tiny numbers."""
FIXED_STAFF = {0: 11_200, 1: 7_400, 2: 13_600, 3: 4_300, TINY: TINY_STAFF}
"""Organisations that facts are planted in, or whose staff are listed one by one, have a size fit for it."""
BME_SHARE = 0.286
"""BME share of all staff together, as published for England in 2024."""


def invented_organisations(rng: np.random.Generator) -> pd.DataFrame:
    """Draw the organisations.

    Parameters
    ----------
    rng
        Where all chance comes from.

    Returns
    -------
    DataFrame
        40 rows: ``ods_code`` (ZX01 to ZX40, a form that no real code has), ``organisation``, ``kind``,
        ``benchmarking_group``, ``system``, ``region``, ``staff`` and ``bme_share`` in 2025.
    """
    kinds = [kind for kind, number in NUMBER_OF_KIND.items() for _ in range(number)]
    middle = np.array([MEDIAN_STAFF[kind] for kind in kinds])
    staff = np.clip(middle * np.exp(rng.normal(0, 0.45, len(kinds))), *STAFF_LIMITS).round(-1).astype(int)
    staff[list(FIXED_STAFF)] = list(FIXED_STAFF.values())
    logit = np.log(BME_SHARE / (1 - BME_SHARE)) + rng.normal(0, 0.5, len(kinds))
    share = 1 / (1 + np.exp(-logit))
    share *= BME_SHARE / np.average(share, weights=staff)
    systems = list(SYSTEMS)
    return pd.DataFrame(
        {
            "ods_code": [f"ZX{number:02d}" for number in range(1, len(kinds) + 1)],
            "organisation": [f"{place} {kind}" for place, kind in zip(PLACES, kinds, strict=True)],
            "kind": kinds,
            "benchmarking_group": [KINDS[kind] for kind in kinds],
            "system": [systems[number % len(systems)] for number in range(len(kinds))],
            "region": [SYSTEMS[systems[number % len(systems)]] for number in range(len(kinds))],
            "staff": staff,
            "bme_share": share.round(3),
        }
    )
