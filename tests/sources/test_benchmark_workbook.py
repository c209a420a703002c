"""The benchmark workbook, on a generated file in its published layout."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from equity_metrics.measures.survey.answers import indicator_6_bounds
from equity_metrics.sources.benchmark_workbook import read_benchmark_workbook
from equity_metrics.sources.benchmarking_groups import MENTAL_HEALTH, benchmarking_group
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.staff_survey import read_staff_survey

Files = Callable[[str], dict[str, Path]]
BASES = "{measure}_{group}_n_{year}"
ACUTE = "Acute&Acute Community Trusts"


@pytest.fixture(scope="module")
def path(survey_files: Files) -> Path:
    return survey_files("2024")["benchmark"]


def spoiled(path: Path, folder: Path, cells: dict[str, object], sheet: str = ACUTE) -> Path:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(folder / "spoiled.xlsx")
    return folder / "spoiled.xlsx"


def sentence(path: Path, **options: str) -> str:
    with pytest.raises(InputError) as error:
        read_benchmark_workbook(path, **options)
    return str(error.value)


def test_four_indicators_two_groups_five_years_of_every_organisation(
    path: Path, survey_organisations: pd.DataFrame
) -> None:
    published = read_benchmark_workbook(path)
    assert len(published) == len(survey_organisations) * 4 * 2 * 5
    assert set(published["indicator"]) == {"5", "6", "7", "8"}
    assert set(published["group"]) == {"White", "BME"}
    assert set(published["grouping"]) == {"White / BME"}
    assert set(published["level"]) == {"organisation"}
    years = published[["period", "wres_year"]].drop_duplicates().to_numpy().tolist()
    assert years == [[str(year), str(year + 1)] for year in range(2020, 2025)]
    definitions = published.groupby("indicator")["definition"].unique()
    assert [list(d) for d in definitions] == [[""], [""], ["Don't know in the base"], [""]]
    columns = ["ods_code", "organisation", "benchmarking_group"]
    found = published[columns].drop_duplicates().sort_values("ods_code").reset_index(drop=True)
    pd.testing.assert_frame_equal(found, survey_organisations[columns])
    assert set(published["source"]) == {"Synthetic: staff_survey_benchmark_synthetic.xlsx"}


def test_shares_become_percentages(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)[ACUTE]
    headings = [cell.value for cell in sheet[1]]
    printed = sheet.cell(2, headings.index("q16b_eth_summary_2_2023") + 1).value
    published = read_benchmark_workbook(path)
    keys = (published["indicator"] == "8") & (published["group"] == "BME") & (published["period"] == "2023")
    found = published[keys & (published["ods_code"] == sheet["A2"].value)]
    assert found["value"].tolist() == [pytest.approx(100 * printed)]


def test_bases_are_missing_unless_their_columns_are_named(path: Path) -> None:
    assert read_benchmark_workbook(path)["base"].isna().all()
    published = read_benchmark_workbook(path, base_columns=BASES)
    assert (published["base"].isna() == published["value"].isna()).all()
    people = published["value"] * published["base"] / 100
    # Shares are printed with four digits: the number of people is right to half of the last one.
    assert np.nanmax((people - people.round()).abs() - published["base"] * 0.5e-4) < 1e-6


def test_indicator_6_lies_within_the_bounds_of_its_two_questions(survey_files: Files) -> None:
    published = read_benchmark_workbook(survey_files("2024")["benchmark"], base_columns=BASES)
    six = published[(published["indicator"] == "6") & (published["period"] == "2024")].dropna(subset="value")
    pooled = six.assign(people=six["value"] * six["base"]).groupby("group")[["people", "base"]].sum()
    bounds = indicator_6_bounds(read_staff_survey(survey_files("2024")["national"], progress=False))
    bounds = bounds.set_index("group").loc[pooled.index]
    share = pooled["people"] / pooled["base"]
    assert (bounds["lower"] < share).all()
    assert (share < bounds["upper"]).all()


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("MH&LD, MH, LD & Community Trust", MENTAL_HEALTH),
        ("Mental Health and Learning Disability", MENTAL_HEALTH),
        ("Acute&Acute Community Trusts", "Acute and Acute & Community Trusts"),
        ("Acute Specialist Trusts", "Acute Specialist Trusts"),
        ("Community Trusts 2025", "Community Trusts"),
        ("AMBULANCE", "Ambulance Trusts"),
        ("Social Enterprises - Community", None),
        ("Something new", None),
    ],
)
def test_group_names_are_matched_by_their_words(name: str, group: str | None) -> None:
    assert benchmarking_group(name) == group


def test_what_is_not_recognised_is_named_in_one_sentence_and_kept(path: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for row in range(2, 6):
        book[ACUTE].cell(row, 3, "Something new")
    book[ACUTE].cell(1, book[ACUTE].max_column + 1, "pledge_eth_summary_1_2024")
    book.create_sheet("Response rates").append(["org_id", "org_name", 0.5])
    book.save(tmp_path / "odd.xlsx")
    with pytest.warns(UserWarning, match="odd.xlsx holds") as warned:
        published = read_benchmark_workbook(tmp_path / "odd.xlsx")
    assert [str(w.message) for w in warned] == [
        "odd.xlsx holds what was not recognised: sheet 'Response rates' (no WRES columns); "
        "type 'Something new' (kept as it is); column 'pledge_eth_summary_1_2024' (not one of indicators 5 to 8)."
    ]
    assert (published["benchmarking_group"] == "Something new").sum() == 4 * 40
    assert len(published) == 12 * 40


def test_bad_cells(path: Path, tmp_path: Path) -> None:
    place = f"spoiled.xlsx, sheet {ACUTE!r}, row 3, column"
    assert sentence(spoiled(path, tmp_path, {"D3": 23.5})) == (
        f"{place} D ('har_from_pat_eth_summary_1_2020') must be between 0 and 1, got: 23.5; "
        "correct it from the original file."
    )
    assert sentence(spoiled(path, tmp_path, {"D3": "n/a"})) == (
        f"{place} D ('har_from_pat_eth_summary_1_2020') must be a number, or '-' where it is suppressed, got: 'n/a'; "
        "replace the text."
    )
    assert sentence(spoiled(path, tmp_path, {"A3": None})) == (
        f"{place} org_id must name an organisation, got: ''; fill it in."
    )
    assert sentence(spoiled(path, tmp_path, {"A3": "X00"})) == (
        f"{place} org_id must appear once, got: 'X00' a second time; delete the row that is not wanted."
    )


def test_wrong_files(path: Path, survey_files: Files) -> None:
    national = survey_files("2024")["national"]
    assert sentence(national).startswith(
        f"{national.name} must have sheets with columns such as org_id, org_name and har_from_pat_eth_summary_1_2024, "
        "got: sheets without them (Notes, "
    )
    assert sentence(path, base_columns="{measure}_base").endswith("; look the name up in the heading of a sheet.")
