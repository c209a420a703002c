"""Invented Staff Survey files in the layouts of the official ones: national, organisational, benchmark and records."""

from pathlib import Path

import numpy as np
import pandas as pd
from openpyxl import Workbook

from make_samples.fixed_workbook import save_workbook
from make_samples.survey_benchmark import benchmark_workbook
from make_samples.survey_draw import SurveyDraw, draw_survey
from make_samples.survey_respondents import respondent_records
from make_samples.survey_sheets import add_notes, add_results

NATIONAL = "staff_survey_national_synthetic.xlsx"
ORGANISATIONS = "staff_survey_organisations_synthetic.xlsx"
BENCHMARK = "staff_survey_benchmark_synthetic.xlsx"
RESPONDENTS = "respondents_synthetic.csv"


def write_survey_files(
    folder: Path, organisations: pd.DataFrame, rng: np.random.Generator, year: str = "2024"
) -> list[Path]:
    """Write the four Staff Survey samples; all come from one draw, so their figures agree.

    Parameters
    ----------
    folder
        Where the files go.
    organisations
        One row an organisation: ``ods_code, organisation, benchmarking_group, region, system, staff``.
    rng
        Where all chance comes from: the same generator gives the same bytes.
    year
        Survey year; decides question numbers and ethnic categories.

    Returns
    -------
    list of Path
        The files written.
    """
    draw = draw_survey(organisations.reset_index(drop=True), rng, year)
    records = respondent_records(draw, rng)
    records.to_csv(folder / RESPONDENTS, index=False, lineterminator="\n")
    return [
        save_workbook(_national(draw, rng), folder / NATIONAL),
        save_workbook(_organisational(draw, rng), folder / ORGANISATIONS),
        save_workbook(benchmark_workbook(draw, rng), folder / BENCHMARK),
        folder / RESPONDENTS,
    ]


def _national(draw: SurveyDraw, rng: np.random.Generator) -> Workbook:
    """England, its regions and systems, and its ethnic groups."""
    everywhere = np.ones(draw.respondents.shape, dtype=bool)
    rows = [(("National", "", "", "Organisation Size and Occupation Group"), everywhere)]
    for breakdown, column in (("Region", "region"), ("ICS", "system")):
        for name in draw.organisations[column].unique():
            there = (draw.organisations[column] == name).to_numpy()[:, None] & everywhere
            rows.append((("National", breakdown, name, "Organisation Size"), there))
    for index, group in enumerate(draw.groups):
        of_group = everywhere & (np.arange(len(draw.groups)) == index)
        rows.append((("National", "Ethnic background (detailed)", group, "Organisation Size"), of_group))
    for name, of_group in (
        ("White staff", ~draw.is_bme),
        ("Staff from all other ethnic groups combined", draw.is_bme),
    ):
        rows.append((("National", "Ethnic background (summary)", name, "Organisation Size"), everywhere & of_group))
    book = Workbook()
    add_notes(book, draw.year, "National results")
    add_results(book, draw, ("Base", "Breakdown", "Breakdown subgroup", "Weighting"), rows, rng)
    return book


def _organisational(draw: SurveyDraw, rng: np.random.Generator) -> Workbook:
    """Every organisation, all its staff: ethnic groups are not printed."""
    headings = ("ODS code", "Organisation name", "Benchmarking group", "Region", "ICS", "Weighting")
    columns = ["ods_code", "organisation", "benchmarking_group", "region", "system"]
    everyone = np.ones(draw.respondents.shape, dtype=bool)
    rows = [
        ((*names, "Occupation Group"), everyone & (np.arange(len(draw.organisations)) == index)[:, None])
        for index, names in enumerate(draw.organisations[columns].itertuples(index=False, name=None))
    ]
    book = Workbook()
    add_notes(book, draw.year, "Organisational results")
    add_results(book, draw, headings, rows, rng)
    return book
