"""A generator in; forty invented organisations out."""

import numpy as np
import pandas as pd

PLACES = (
    "Alderbrook, Ashmere, Birchcombe, Bramwell, Calderfold, Cressley, Dovermoor, Elmstead, Fairhollow, Fernleigh, "
    "Garthside, Hazelton, Heronsgate, Ivydale, Juniper Vale, Kestrel Bay, Larkhill Moor, Lindenford, Marlowe Cross, "
    "Meadowfen, Nettlecombe, Oakenshaw, Orchard Heath, Pinewater, Quarrybank, Ravensmoor, Redwillow, Rowanbridge, "
    "Sallowfield, Silverbeck, Sorrelby, Stonehurst Vale, Swallowdown, Tansy Green, Thornmere, Umberleigh Moor, "
    "Violet Hill, Whinfell, Willowmarsh, Yarrowdale"
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
TINY, TINY_STAFF = 39, 60
"""Position and headcount of the organisation with tiny numbers."""


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
        ``benchmarking_group``, ``system``, ``region``, ``staff`` in 2025 and ``bme_share`` in 2025.
    """
    kinds = ["Hospitals"] * 16 + ["Mental Health"] * 12 + ["Community Care"] * 12
    median = {"Hospitals": 6500, "Mental Health": 3200, "Community Care": 1800}
    staff = np.array([median[kind] for kind in kinds]) * np.exp(rng.normal(0, 0.45, 40))
    staff = np.clip(staff.round(-1), 400, 14_000).astype(int)
    staff[TINY] = TINY_STAFF
    logit = np.log(0.27 / 0.73) + rng.normal(0, 0.6, 40)
    systems = list(SYSTEMS)
    return pd.DataFrame(
        {
            "ods_code": [f"ZX{number:02d}" for number in range(1, 41)],
            "organisation": [f"{place} {kind}" for place, kind in zip(PLACES.split(", "), kinds, strict=True)],
            "kind": kinds,
            "benchmarking_group": [KINDS[kind] for kind in kinds],
            "system": [systems[number % 4] for number in range(40)],
            "region": [SYSTEMS[systems[number % 4]] for number in range(40)],
            "staff": staff,
            "bme_share": (1 / (1 + np.exp(-logit))).round(3),
        }
    )
