"""A seed in; every file of data/samples out."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from make_samples.events import (
    monthly_disciplinaries,
    monthly_recruitment,
    yearly_board,
    yearly_survey,
    yearly_training,
)
from make_samples.layouts import (
    band_rows,
    board_rows,
    flow_rows,
    monthly_rows,
    recruitment_band_rows,
    staff_group_rows,
    survey_rows,
    yearly_rows,
)
from make_samples.long_layout import write_rows
from make_samples.one_organisation import write_one_organisation
from make_samples.organisations import invented_organisations
from make_samples.parameters import YEARS, national_values
from make_samples.planted import (
    BAD_YEAR,
    SIMPSON,
    chosen_for_a_bad_year,
    disciplinary_tilt,
    odds_by_month,
    planted_facts,
    recruitment_by_band,
    recruitment_tilt,
)
from make_samples.records import applicant_records, staff_records
from make_samples.several_places import several_places
from make_samples.survey_files import write_survey_files
from make_samples.workforce import Workforce, drawn_workforce

SEED = 20260331
RECORDED = 3
"""Position of the organisation with records of staff and applicants, and with the return to imitate."""
BY_BAND = (SIMPSON, 3, 4, 5, 6)
RETURNS = "wres_returns_synthetic.csv.gz"
RECRUITMENT, DISCIPLINARIES = "monthly_recruitment_synthetic.csv.gz", "monthly_disciplinaries_synthetic.csv.gz"
SEVERAL_PLACES = "monthly_recruitment_several_places_synthetic.csv.gz"
RECRUITMENT_BY_BAND = "recruitment_by_band_synthetic.csv.gz"
ACTION_PLAN = "action_plan_synthetic.csv"
"""Written by hand; lies beside this module."""
STAFF_GROUPS, FLOWS = "bands_by_staff_group_synthetic.csv.gz", "flows_synthetic.csv.gz"


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
    names = organisations["organisation"]
    workforces, parts = [], []
    for position, organisation in tqdm(list(organisations.iterrows()), desc="Inventing organisations"):
        workforces.append(drawn_workforce(organisation, values, rng))
        parts.append(_organisation_rows(position, organisation, workforces[-1], values, rng))
    files = {file: pd.concat([part[file] for part in parts if file in part]) for file in parts[SIMPSON]}
    files["staff_synthetic.csv"] = staff_records(workforces[RECORDED].staff[-1], names[RECORDED], rng)
    files["applicants_synthetic.csv"] = applicant_records(names[RECORDED], rng)
    files[SEVERAL_PLACES] = several_places(files[RECRUITMENT], names)
    paths = [write_rows(rows, folder / file) for file, rows in files.items()]
    bad_year = chosen_for_a_bad_year(files[RETURNS].query(f"indicator == '3' and period == '{BAD_YEAR}'"))
    tables = {
        "organisations.csv": organisations,
        "parameters.csv": values,
        "planted.csv": planted_facts(names, bad_year),
    }
    for file, table in tables.items():
        table.to_csv(folder / file, index=False, lineterminator="\n")
        paths.append(folder / file)
    paths.append(Path(shutil.copyfile(Path(__file__).parent / ACTION_PLAN, folder / ACTION_PLAN)))
    paths += write_one_organisation(files[RETURNS], names[RECORDED], folder)
    return paths + write_survey_files(folder, organisations, rng)


def _organisation_rows(
    position: int, organisation: pd.Series, workforce: Workforce, values: pd.DataFrame, rng: np.random.Generator
) -> dict[str, pd.DataFrame]:
    """Draw what happened in one organisation: its rows of each file."""
    name, staff, files = organisation["organisation"], workforce.staff, {}
    people = staff.sum(axis=2)
    tilt = recruitment_tilt(position, rng)
    shortlisted, appointed = monthly_recruitment(staff, values, tilt, odds_by_month(position), rng)
    if position in BY_BAND:
        appointed, *by_band = recruitment_by_band(position, shortlisted, appointed, rng)
        files[RECRUITMENT_BY_BAND] = recruitment_band_rows(name, *by_band)
    cases = monthly_disciplinaries(staff, values, disciplinary_tilt(position, rng), rng)
    files[RECRUITMENT] = monthly_rows(name, "2", appointed, shortlisted)
    files[DISCIPLINARIES] = monthly_rows(name, "3", cases, np.repeat(people, 12, axis=0))
    trained = yearly_training(staff, values, np.exp(rng.normal(0, 0.05)), rng)
    returns = [
        band_rows(name, workforce),
        yearly_rows(name, "2", _years(appointed), _years(shortlisted)),
        yearly_rows(name, "3", _years(cases), people),
        yearly_rows(name, "4", trained, people),
        survey_rows(name, yearly_survey(staff, values, rng.normal(0, 0.15), rng)),
        board_rows(name, yearly_board(values, organisation["bme_share"] / 0.27, rng)),
    ]
    files[RETURNS] = pd.concat(returns, ignore_index=True).fillna({"band": "", "definition": ""})
    files[STAFF_GROUPS] = staff_group_rows(name, workforce)
    files[FLOWS] = flow_rows(name, workforce)
    return files


def _years(monthly: np.ndarray) -> np.ndarray:
    """Add months (month, category) up to WRES years."""
    return monthly.reshape(len(YEARS), 12, -1).sum(axis=1)
