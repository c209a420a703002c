"""A seed in; every file of data/samples out."""

from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from make_samples.events import (
    BOARD,
    MONTHS,
    SURVEY_GROUPS,
    monthly_disciplinaries,
    monthly_recruitment,
    yearly_board,
    yearly_survey,
    yearly_training,
)
from make_samples.groups import FIVE, GROUPS
from make_samples.long_layout import long_rows, write_rows
from make_samples.one_organisation import write_one_organisation
from make_samples.organisations import TINY, TINY_STAFF, invented_organisations
from make_samples.parameters import YEARS, national_values
from make_samples.planted import (
    OPPOSITE,
    PROGRAMME_WITHOUT_EFFECT,
    SIMPSON,
    SIMPSON_ADVANTAGE,
    SIMPSON_BANDS,
    WORKED,
    WORKED_FROM,
    WORKED_ODDS,
    Planted,
    chosen_for_a_bad_year,
    disciplinary_tilt,
    odds_by_month,
    ordinary_by_band,
    planted_table,
    reversed_by_band,
)
from make_samples.records import applicant_records, staff_records
from make_samples.survey_files import write_survey_files
from make_samples.workforce import ALL_BANDS, BANDS, Workforce, drawn_workforce

SEED = 20260331
MONTHLY_FROM = "2020-04"
BY_BAND = (SIMPSON, 3, 4, 5, 6)
LEFT_OUT, IN_BASE = "Don't know left out", "Don't know in the base"
FIVE_NAMES = tuple(dict.fromkeys(FIVE))


def write_samples(folder: Path) -> list[Path]:
    """Draw everything once and write it.

    Parameters
    ----------
    folder
        Where the files go; it must hold ``wres_published.csv``.

    Returns
    -------
    list of Path
        The files written, the same to the byte for the same seed.
    """
    rng = np.random.default_rng(SEED)
    organisations, values = invented_organisations(rng), national_values()
    returns, months, by_band, flows, staffs, staff_groups = [], {"2": [], "3": []}, [], [], [], []
    cases_2023, people_2023 = [], []
    for position, organisation in tqdm(list(organisations.iterrows()), desc="Inventing organisations"):
        name = organisation["organisation"]
        workforce = drawn_workforce(organisation, values, rng)
        people = workforce.staff.sum(axis=2)
        tilt = 1.0 if position == WORKED else np.exp(rng.normal(0, 0.12))
        shortlisted, appointed = monthly_recruitment(workforce.staff, values, tilt, odds_by_month(position), rng)
        if position in BY_BAND:
            split, rows = _by_band(position, name, shortlisted, appointed, rng)
            by_band.append(rows)
            appointed = split
        cases = monthly_disciplinaries(workforce.staff, values, disciplinary_tilt(position, rng), rng)
        months["2"].append(_months(name, "2", appointed, shortlisted))
        months["3"].append(_months(name, "3", cases, np.repeat(people, 12, axis=0)))
        yearly = {"2": (_years(appointed), _years(shortlisted)), "3": (_years(cases), people)}
        yearly["4"] = yearly_training(workforce.staff, values, np.exp(rng.normal(0, 0.05)), rng), people
        returns += [_bands(name, workforce)]
        staff_groups.append(_staff_groups(name, workforce))
        returns += [long_rows(name, i, YEARS, GROUPS, *arrays) for i, arrays in yearly.items()]
        returns += _survey(name, yearly_survey(workforce.staff, values, rng.normal(0, 0.15), rng))
        factor = organisation["bme_share"] / 0.27
        returns += [
            long_rows(name, "9", YEARS, GROUPS, members, np.array(BOARD[part]), band=part)
            for part, members in yearly_board(values, factor, rng).items()
        ]
        flows.append(_flows(name, workforce))
        staffs.append(workforce.staff)
        cases_2023.append(yearly["3"][0][YEARS.index(2023)])
        people_2023.append(people[YEARS.index(2023)])
    bad_year = chosen_for_a_bad_year(np.array(cases_2023), np.array(people_2023), 15)
    everything = pd.concat(returns, ignore_index=True).fillna({"band": "", "definition": ""})
    tables = {
        "wres_returns_synthetic.csv.gz": everything,
        "monthly_recruitment_synthetic.csv.gz": pd.concat(months["2"]),
        "monthly_disciplinaries_synthetic.csv.gz": pd.concat(months["3"]),
        "recruitment_by_band_synthetic.csv.gz": pd.concat(by_band),
        "bands_by_staff_group_synthetic.csv.gz": pd.concat(staff_groups),
        "flows_synthetic.csv.gz": pd.concat(flows),
        "staff_synthetic.csv": staff_records(staffs[3][-1], organisations["organisation"][3], rng),
        "applicants_synthetic.csv": applicant_records(organisations["organisation"][3], rng),
    }
    paths = [write_rows(rows, folder / name) for name, rows in tables.items()]
    for name, table in (
        ("organisations.csv", organisations),
        ("parameters.csv", values),
        ("planted.csv", _planted(organisations["organisation"], bad_year)),
    ):
        table.to_csv(folder / name, index=False, lineterminator="\n")
        paths.append(folder / name)
    paths += write_one_organisation(everything, organisations["organisation"][3], folder)
    return paths + write_survey_files(folder, organisations, rng)


def _years(monthly: np.ndarray) -> np.ndarray:
    return monthly.reshape(len(YEARS), 12, -1).sum(axis=1)


def _months(name: str, indicator: str, numerator: np.ndarray, denominator: np.ndarray) -> pd.DataFrame:
    """Lay out the five groups by month, from the first month that the files hold."""
    start = MONTHS.index(MONTHLY_FROM)
    wide = [np.stack([a[start:, five == FIVE].sum(axis=1) for five in FIVE_NAMES], 1) for a in (numerator, denominator)]
    return long_rows(name, indicator, MONTHS[start:], FIVE_NAMES, *wide)


def _by_band(
    position: int, name: str, shortlisted: np.ndarray, appointed: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, pd.DataFrame]:
    """Split the last year's recruitment over bands; returns the months' appointed, which still add up, and the rows."""
    people, events = shortlisted[-12:].sum(axis=0), appointed[-12:].sum(axis=0)
    if position == SIMPSON:
        split, chosen = reversed_by_band(people, rng)
        events = chosen.sum(axis=1)
        appointed = appointed.copy()
        for category, left in enumerate(events):
            appointed[-12:, category] = rng.multivariate_hypergeometric(shortlisted[-12:, category], left)
    else:
        split, chosen = ordinary_by_band(people, events, rng)
    rows = [
        long_rows(name, "2", ["2025"], GROUPS, chosen[:, band], split[:, band], band=SIMPSON_BANDS[band])
        for band in range(len(SIMPSON_BANDS))
    ]
    return appointed, pd.concat(rows)


def _bands(name: str, workforce: Workforce) -> pd.DataFrame:
    """Lay out indicator 1 by band; bands without any staff are left out."""
    return _by_part(name, [("", band, workforce.staff[:, :, i]) for i, band in enumerate(ALL_BANDS)])


def _staff_groups(name: str, workforce: Workforce) -> pd.DataFrame:
    """Lay out indicator 1 of the last year by band and staff group."""
    clinical, others = workforce.clinical, workforce.staff[:, :, : len(BANDS)] - workforce.clinical
    parts = [("Clinical", band, clinical[:, :, i]) for i, band in enumerate(BANDS)]
    parts += [("Non-clinical", band, others[:, :, i]) for i, band in enumerate(BANDS)]
    parts += [("Medical", band, workforce.staff[:, :, i]) for i, band in enumerate(ALL_BANDS) if band not in BANDS]
    return _by_part(name, parts).query("period == '2025'")


def _by_part(name: str, parts: list[tuple[str, str, np.ndarray]]) -> pd.DataFrame:
    rows = [
        long_rows(name, "1", YEARS, GROUPS, people, people.sum(axis=1, keepdims=True), band=band, staff_group=group)
        for group, band, people in parts
    ]
    parts_there = pd.concat(rows).query("denominator > 0")
    return parts_there if any(group for group, _, _ in parts) else parts_there.drop(columns="staff_group")


def _survey(name: str, answers: dict[str, tuple[np.ndarray, np.ndarray]]) -> list[pd.DataFrame]:
    definition = np.array([LEFT_OUT if year <= 2021 else IN_BASE for year in YEARS])
    return [
        long_rows(name, indicator, YEARS, SURVEY_GROUPS, *arrays, definition=definition if indicator == "7" else "")
        for indicator, arrays in answers.items()
    ]


def _flows(name: str, workforce: Workforce) -> pd.DataFrame:
    """Lay out each year's staff and what happened in the year that follows, by band and the five groups."""
    names = ("headcount", "joiners", "promoted_in", "promoted_out", "leavers")
    arrays = (workforce.staff[:-1], workforce.joiners, workforce.promoted_in, workforce.promoted_out, workforce.leavers)
    index = pd.MultiIndex.from_product([YEARS[:-1], FIVE_NAMES, ALL_BANDS], names=["period", "group", "band"])
    columns = {
        column: np.stack([array[:, five == FIVE].sum(axis=1) for five in FIVE_NAMES], 1).ravel()
        for column, array in zip(names, arrays, strict=True)
    }
    return pd.DataFrame(columns, index=index).reset_index().assign(organisation=name)


def _planted(names: pd.Series, bad_year: int) -> pd.DataFrame:
    facts = (
        (WORKED, "recruitment programme that worked", "2", WORKED_FROM, f"odds of BME candidates × {WORKED_ODDS}"),
        (
            *(bad_year, "disciplinary programme, chosen for a bad year", "3", PROGRAMME_WITHOUT_EFFECT),
            "none; what follows is the rebound",
        ),
        (
            *(SIMPSON, "ratio reversed within bands (Simpson's paradox)", "2", "2025"),
            f"BME candidates × {SIMPSON_ADVANTAGE} as likely in each band; the crude ratio says the opposite",
        ),
        (OPPOSITE, "opposite stories below BME", "3", "2017", "Black staff × 1.7, Asian staff × 0.55, before others"),
        (TINY, "tiny numbers", "", "", f"{TINY_STAFF} staff"),
    )
    return planted_table([Planted(names[position], *fact) for position, *fact in facts])
