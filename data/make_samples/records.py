"""Invented staff and applicants, one person a row, in the untidy spellings of real extracts."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import ETHNIC_GROUPS, WORKFORCE_CATEGORIES
from make_samples.groups import BME, GROUPS
from make_samples.workforce import ALL_BANDS, BANDS

PEOPLE = 4000
CODES = [g.code for g in ETHNIC_GROUPS if g.grouping == WORKFORCE_CATEGORIES]
OTHER_CODES = {"A": ("A", "CA"), "C": ("C", "CP", "CY"), "L": ("L", "LE", "LK"), "N": ("N", "PC"), "S": ("S", "SC")}
"""Both vintages of codes, one and two characters, that one category is met with."""
DIRECTORATES = {
    "Medicine": ("Ward 1", "Ward 2", "Ward 3"),
    "Surgery": ("Ward 4", "Theatres"),
    "Corporate": ("Finance", "People"),
}


def band_spellings(band: str) -> tuple[str, ...]:
    """Spellings in which a band is met in extracts."""
    if band in BANDS[:6]:
        return (f"NHS|XR0{band}|Review Body Band {band}", f"Band {band}", band)
    if band.startswith("8"):
        letter = band[1].upper()
        return (
            f"Band 8 - Range {letter}",
            f"8{letter}",
            f"Grade {band}",
            f"NHS|XR08|Review Body Band 8 - Range {letter}",
        )
    return {"9": ("Band 9", "NHS|XR12|Review Body Band 9"), "VSM": ("VSM", "Very Senior Manager")}.get(band, (band,))


def staff_records(staff: np.ndarray, organisation: str, rng: np.random.Generator) -> pd.DataFrame:
    """Draw a snapshot of staff from an organisation's staff by category and band; some have a second assignment."""
    cells = rng.choice(staff.size, PEOPLE, p=staff.ravel() / staff.sum())
    category, band = np.unravel_index(cells, staff.shape)
    directorate = rng.choice(list(DIRECTORATES), PEOPLE, p=[0.5, 0.35, 0.15])
    records = pd.DataFrame(
        {
            "person": [f"P{number:05d}" for number in range(1, PEOPLE + 1)],
            "organisation": organisation,
            "snapshot": "2025-03-31",
            "ethnic_code": _codes(category, rng),
            "pay_band": [rng.choice(band_spellings(ALL_BANDS[b])) for b in band],
            "primary": "Y",
            "fte": rng.choice([1.0, 0.8, 0.6, 0.5], PEOPLE, p=[0.6, 0.2, 0.12, 0.08]),
            "directorate": directorate,
            "ward": [rng.choice(DIRECTORATES[d]) for d in directorate],
            "gender": rng.choice(["Female", "Male"], PEOPLE, p=[0.76, 0.24]),
            "age_band": rng.choice(["16-29", "30-44", "45-59", "60+"], PEOPLE, p=[0.2, 0.36, 0.33, 0.11]),
            "international_recruit": np.where(rng.random(PEOPLE) < np.where(BME[category], 0.35, 0.03), "Y", "N"),
        }
    )
    second = records.sample(80, random_state=int(rng.integers(2**31))).assign(primary="N", fte=0.2)
    return pd.concat([records, second]).sort_values(["person", "primary"], ascending=[True, False], ignore_index=True)


def applicant_records(organisation: str, rng: np.random.Generator) -> pd.DataFrame:
    """Draw shortlisted applications; a few were withdrawn."""
    weights = np.where(BME, 1.4, 1.0) * np.array(
        [0.55, 0.01, 0.05, *([0.02] * 4), 0.1, 0.03, 0.01, 0.06, 0.02, 0.07, 0.01, 0.01, 0.02, 0.03, 0.01]
    )
    category = rng.choice(len(GROUPS), PEOPLE, p=weights / weights.sum())
    band = rng.choice(len(BANDS[:8]), PEOPLE, p=[0.22, 0.15, 0.08, 0.25, 0.16, 0.09, 0.03, 0.02])
    withdrawn = rng.random(PEOPLE) < 0.04
    appointed = (rng.random(PEOPLE) < np.where(BME[category], 0.13, 0.2)) & ~withdrawn
    days = pd.Timestamp("2024-04-01") + pd.to_timedelta(rng.integers(0, 365, PEOPLE), unit="D")
    return pd.DataFrame(
        {
            "application": [f"A{number:05d}" for number in range(1, PEOPLE + 1)],
            "organisation": organisation,
            "date": days.strftime("%Y-%m-%d"),
            "site": rng.choice(["North site", "South site"], PEOPLE),
            "pay_band": [rng.choice(band_spellings(BANDS[b])) for b in band],
            "ethnic_code": _codes(category, rng),
            "shortlisted": "Y",
            "appointed": np.where(appointed, "Y", "N"),
            "withdrawn": np.where(withdrawn, "Y", "N"),
        }
    )


def _codes(category: np.ndarray, rng: np.random.Generator) -> list[str]:
    codes = [str(rng.choice(OTHER_CODES.get(CODES[c], (CODES[c],)))) for c in category]
    return [
        "" if code == "99" and blank else code for code, blank in zip(codes, rng.random(len(codes)) < 0.5, strict=True)
    ]
