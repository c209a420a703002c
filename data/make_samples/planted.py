"""What is planted in the samples on purpose, so that methods can be seen to find what is there and not what is not."""

import numpy as np
import pandas as pd

from make_samples.events import MONTHS
from make_samples.groups import BME, FIVE, GROUPS, WHITE
from make_samples.one_organisation import BROKEN_ORGANISATION
from make_samples.organisations import TINY, TINY_STAFF

WORKED, SIMPSON, OPPOSITE, UNCHANGED = 0, 1, 2, 5
"""Positions of the organisations with a programme that worked, a reversed ratio, opposite stories, and a programme
without effect."""
WORKED_FROM, WORKED_ODDS = "2023-04", 1.7
UNCHANGED_FROM = "2022-10"
SEVERAL, SEVERAL_FROM, SEVERAL_ODDS = "Eight hospitals", "2022-04", 1.5
"""A programme that reached several places in turn: their name together, its first start, its effect."""
BAD_YEAR, BAD_YEAR_CASES = "2023", 15
"""The year that an organisation was chosen for, and the fewest cases of each group that made one eligible."""
BAD_YEAR_PROGRAMME_FROM = "2023-07"
SIMPSON_BANDS = ("2", "5", "6", "7", "8a")
SIMPSON_CHANCE = np.array([0.4, 0.12, 0.12, 0.18, 0.25])
SIMPSON_ADVANTAGE = 1.3
"""In every band BME candidates are this much likelier to be appointed; most of them apply where few are appointed."""
SIMPSON_WHITE = np.array([0.5, 0.15, 0.15, 0.1, 0.1])
SIMPSON_BME = np.array([0.08, 0.45, 0.35, 0.08, 0.04])
ORDINARY_BANDS = np.array([0.3, 0.28, 0.22, 0.14, 0.06])
OPPOSITE_FACTORS = {"Black or Black British": 1.7, "Asian or Asian British": 0.55}
OPPOSITE_OTHERS = 0.95


def recruitment_tilt(position: int, rng: np.random.Generator) -> float:
    """Organisation's own factor on indicator 2; none where the programme worked."""
    return 1.0 if position == WORKED else np.exp(rng.normal(0, 0.12))


def odds_by_month(position: int) -> np.ndarray:
    """Factor on the odds of appointment of BME candidates, by month."""
    after = np.array(MONTHS) >= WORKED_FROM
    return np.where(after & (position == WORKED), WORKED_ODDS, 1.0)


def disciplinary_tilt(position: int, rng: np.random.Generator) -> np.ndarray:
    """Organisation's own factor on disciplinaries by category; opposite for Black and Asian staff in one."""
    own = np.exp(rng.normal(0, 0.25))
    if position != OPPOSITE:
        return np.full(len(FIVE), own)
    return np.array([OPPOSITE_FACTORS.get(five, OPPOSITE_OTHERS) for five in FIVE])


def recruitment_by_band(
    position: int, shortlisted: np.ndarray, appointed: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Split the last year's recruitment, arrays (month, category), over bands.

    Returns
    -------
    tuple of arrays
        The months' appointed (month, category), and the year's appointed and shortlisted (category, band), which add
        up to the months.
    """
    people, events = shortlisted[-12:].sum(axis=0), appointed[-12:].sum(axis=0)
    if position != SIMPSON:
        chosen = np.array([rng.multinomial(n, ORDINARY_BANDS) for n in events])
        others = np.array([rng.multinomial(n, ORDINARY_BANDS) for n in people - events])
        return appointed, chosen, chosen + others
    split = np.where(BME[:, None], SIMPSON_BME, SIMPSON_WHITE)
    by_band = np.array([rng.multinomial(n, p) for n, p in zip(people, split, strict=True)])
    chosen = rng.binomial(by_band, np.where(BME[:, None], SIMPSON_CHANCE * SIMPSON_ADVANTAGE, SIMPSON_CHANCE))
    appointed = appointed.copy()
    for category, total in enumerate(chosen.sum(axis=1)):
        appointed[-12:, category] = rng.multivariate_hypergeometric(shortlisted[-12:, category], total)
    return appointed, chosen, by_band


def chosen_for_a_bad_year(disciplinaries: pd.DataFrame) -> str:
    """Find the organisation whose BME / White ratio was by chance the highest in a year, among those with enough cases.

    ``disciplinaries`` is indicator 3 of that year in the long layout.
    """
    wide = disciplinaries["group"].map(
        dict(zip(GROUPS, np.select([WHITE, BME], ["White", "BME"], "Unknown"), strict=True))
    )
    counts = disciplinaries.groupby([wide, "organisation"])[["numerator", "denominator"]].sum()
    bme, white = counts.loc["BME"], counts.loc["White"]
    enough = (bme["numerator"] >= BAD_YEAR_CASES) & (white["numerator"] >= BAD_YEAR_CASES)
    rates = [group["numerator"] / group["denominator"] for group in (bme, white)]
    return (rates[0] / rates[1])[enough].idxmax()


def planted_facts(names: pd.Series, bad_year: str) -> pd.DataFrame:
    """Lay out the planted facts, one row each; ``bad_year`` is the organisation chosen for its bad year."""
    columns = ("organisation", "what", "indicator", "start", "true_effect")
    black, asian = OPPOSITE_FACTORS.values()
    rows = [
        (
            names[WORKED],
            "recruitment programme that worked",
            "2",
            WORKED_FROM,
            f"odds of BME candidates × {WORKED_ODDS}",
        ),
        (names[UNCHANGED], "recruitment programme without effect", "2", UNCHANGED_FROM, "none"),
        (
            *(bad_year, "disciplinary programme, chosen for a bad year", "3", BAD_YEAR_PROGRAMME_FROM),
            "none; what follows is the rebound",
        ),
        (
            *(names[SIMPSON], "ratio reversed within bands (Simpson's paradox)", "2", "2025"),
            f"BME candidates × {SIMPSON_ADVANTAGE} as likely in each band; the crude ratio says the opposite",
        ),
        (
            *(names[OPPOSITE], "opposite stories below BME", "3", "2017"),
            f"Black staff × {black}, Asian staff × {asian}, before others",
        ),
        (
            *(SEVERAL, "recruitment programme that reached them one by one", "2", SEVERAL_FROM),
            f"odds of BME candidates × {SEVERAL_ODDS}",
        ),
        (names[TINY], "tiny numbers", "", "", f"{TINY_STAFF} staff"),
        (BROKEN_ORGANISATION, "broken file", "", "2025", "four faults in broken_return_synthetic.csv"),
    ]
    return pd.DataFrame(rows, columns=columns)
