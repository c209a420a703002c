"""A draw of the survey in; a workbook in the layout of the benchmark files, five years of indicators 5 to 8, out."""

import re

import numpy as np
from openpyxl import Workbook

from make_samples.survey_draw import SurveyDraw
from make_samples.survey_sheets import SYNTHETIC

SHEET_NAMES = {
    "Acute and Acute & Community Trusts": "Acute&Acute Community Trusts",
    "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts": (
        "MH&LD, MH, LD & Community Trust"
    ),
}
"""Sheets that the benchmark file names otherwise than the detailed spreadsheets; all others keep the group's name."""
MEASURES = {
    "har_from_pat_eth_summary": ("hba_public", -0.02),
    "har_from_staff_eth_summary": ("", 0.05),
    "equal_eth_summary": ("career_fairness", -0.03),
    "q16b_eth_summary": ("discrimination_staff", 0.01),
}
"""The question of each measure, and its change a year on the logit scale before the survey year (invented)."""
YEARS = 5
FEWEST = 11
EITHER = (0.52, 0.37)
"""Of those who name managers, the share who do not name colleagues: gives about 20.7 % (White) and 24.6 % (BME)."""


def benchmark_workbook(draw: SurveyDraw, rng: np.random.Generator) -> Workbook:
    """Lay out indicators 5 to 8 of White and BME staff, one row an organisation, one sheet a benchmarking group.

    Parameters
    ----------
    draw
        The answers of the survey year; earlier years are drawn around them.
    rng
        Where all chance comes from.

    Returns
    -------
    Workbook
        Values are shares (0-1), empty under 11 responses. How the official file names its bases is not known: here the
        base of ``q16b_eth_summary_1_2024`` is ``q16b_eth_summary_1_n_2024``.
    """
    last = int(draw.year)
    columns: dict[str, list[object]] = {}
    for measure, (concept, change) in MEASURES.items():
        for code, group in ((1, ~draw.is_bme), (2, draw.is_bme)):
            counted, base = _counted(draw, concept, group, code, rng)
            for year in range(last - YEARS + 1, last + 1):
                if year < last:
                    counted_then, base_then = _earlier(counted, base, change * (last - year), rng)
                else:
                    counted_then, base_then = counted, base
                shown = base_then >= FEWEST
                share = np.round(counted_then / np.maximum(base_then, 1), 4)
                columns[f"{measure}_{code}_{year}"] = [
                    float(s) if ok else None for s, ok in zip(share, shown, strict=True)
                ]
                columns[f"{measure}_{code}_n_{year}"] = [
                    int(n) if ok else None for n, ok in zip(base_then, shown, strict=True)
                ]
    return _workbook(draw, columns)


def _counted(
    draw: SurveyDraw, concept: str, group: np.ndarray, code: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """People of one group who are counted, and who answered, by organisation."""
    if concept:
        answers = draw.answers[concept][:, group].sum(1)
        counted = answers[:, 0] if concept != "hba_public" else answers[:, 1:].sum(1)
        return counted, answers.sum(1)
    managers, colleagues = (draw.answers[c][:, group].sum(1) for c in ("hba_managers", "hba_colleagues"))
    base = np.minimum(managers.sum(1), colleagues.sum(1))
    either = colleagues[:, 1:].sum(1) + rng.binomial(managers[:, 1:].sum(1), EITHER[code - 1])
    return np.minimum(np.maximum(either, managers[:, 1:].sum(1)), base), base


def _earlier(
    counted: np.ndarray, base: np.ndarray, change: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw an earlier year: fewer or more respondents, the level moved by ``change`` on the logit scale."""
    level = np.log((counted + 0.5) / (base - counted + 0.5)) + change + rng.normal(0, 0.05, len(base))
    base_then = np.round(base * rng.uniform(0.75, 1.05, len(base))).astype(int)
    return rng.binomial(base_then, 1 / (1 + np.exp(-level))), base_then


def _workbook(draw: SurveyDraw, columns: dict[str, list[object]]) -> Workbook:
    book = Workbook()
    book.active.title = "Notes"
    book.active.append([f"NHS Staff Survey benchmark data {int(draw.year) - YEARS + 1}-{draw.year} - {SYNTHETIC}"])
    for group in draw.organisations["benchmarking_group"].unique():
        name = SHEET_NAMES.get(group, group)
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
        sheet.append(["org_id", "org_name", "org_type_reporting_name", *columns])
        for index, organisation in draw.organisations[draw.organisations["benchmarking_group"] == group].iterrows():
            values = [column[int(index)] for column in columns.values()]  # type: ignore[call-overload]
            sheet.append([organisation["ods_code"], organisation["organisation"], group, *values])
    return book
