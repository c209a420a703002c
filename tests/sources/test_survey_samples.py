"""The writer of the survey samples: the same bytes from a seed, levels near those published, files that agree."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity_metrics.measures.survey.answers import survey_percentages
from equity_metrics.sources.benchmark_workbook import read_benchmark_workbook
from equity_metrics.sources.staff_survey import read_staff_survey
from make_samples.survey_files import write_survey_files
from make_samples.survey_parameters import items

Files = Callable[[str], dict[str, Path]]


def test_the_same_seed_gives_the_same_bytes(
    survey_files: Files, survey_organisations: pd.DataFrame, tmp_path: Path
) -> None:
    again = write_survey_files(tmp_path, survey_organisations, np.random.default_rng(1))
    for first, second in zip(survey_files("2024").values(), again, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name
    for path in again[:3]:
        with zipfile.ZipFile(path) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {2026}


def test_another_seed_gives_other_bytes(
    survey_files: Files, survey_organisations: pd.DataFrame, tmp_path: Path
) -> None:
    other = write_survey_files(tmp_path, survey_organisations, np.random.default_rng(2))
    assert other[0].read_bytes() != survey_files("2024")["national"].read_bytes()


def test_levels_stay_near_the_parameters(survey_files: Files) -> None:
    percentages = survey_percentages(read_staff_survey(survey_files("2024")["national"], progress=False))
    found = percentages.pivot_table(index="concept", columns="group", values="value")
    compared = 0
    for item in items():
        if item.scale in ("often", "yes", "fair", "agree"):
            # Twelve organisations: their own levels move England by a few points.
            assert found.loc[item.id, "White"] == pytest.approx(item.white, abs=6), item.id
            assert found.loc[item.id, "BME"] == pytest.approx(item.bme, abs=8), item.id
            compared += 1
    assert compared == 24


def test_organisations_add_up_to_england(survey_files: Files) -> None:
    files = survey_files("2024")
    national = read_staff_survey(files["national"], progress=False)
    england = national[(national["breakdown"] == "All staff") & (national["indicator"] == "q16b")]
    organisations = read_staff_survey(files["organisations"], progress=False).query("indicator == 'q16b'").dropna()
    yes = organisations[organisations["answer"] == "Yes"]
    people = (yes["value"] * yes["base"]).sum() / yes["base"].sum()
    assert people == pytest.approx(england.loc[england["answer"] == "Yes", "value"].iloc[0], abs=0.01)


def test_the_benchmark_agrees_with_the_detailed_results(survey_files: Files) -> None:
    files = survey_files("2024")
    shares = read_benchmark_workbook(files["benchmark"], base_columns="{measure}_{group}_n_{year}")
    eight = shares[(shares["indicator"] == "8") & (shares["period"] == "2024")].dropna(subset="value")
    people = eight.assign(people=eight["value"] * eight["base"]).groupby("group")[["people", "base"]].sum()
    percentages = survey_percentages(read_staff_survey(files["national"], progress=False))
    england = percentages[percentages["indicator"] == "q16b"].set_index("group")["value"]
    for group in ("White", "BME"):
        assert people.loc[group, "people"] / people.loc[group, "base"] == pytest.approx(england[group], abs=0.05)
