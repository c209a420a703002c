"""The two official workbooks of 2024: figures that NHS England prints, read to the printed digit."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from equity_metrics.catalogue.ethnic_groups import SURVEY_CATEGORIES, WHITE_BME, groups_of
from equity_metrics.catalogue.people_promise import SURVEY_SCORES
from equity_metrics.catalogue.survey_concepts import SURVEY_CONCEPTS
from equity_metrics.sources.staff_survey import PUBLISHED_COLUMNS, read_staff_survey
from equity_metrics.sources.survey_weighting import UNWEIGHTED

pytestmark = pytest.mark.official
GOLDEN = Path(__file__).parents[1] / "golden" / "staff_survey_2024.csv"


@pytest.fixture(scope="module")
def national(official_data: Path) -> pd.DataFrame:
    return read_staff_survey(official_data / "NSS24_detailed_national_results.xlsx", progress=False)


@pytest.fixture(scope="module")
def organisations(official_data: Path) -> pd.DataFrame:
    with pytest.warns(UserWarning, match="prints 100 % in every row of q16c_1 to q16c_7"):
        return read_staff_survey(official_data / "NSS24_detailed_organisational_results.xlsx", progress=False)


@pytest.mark.parametrize(
    "row", list(csv.DictReader(GOLDEN.open(encoding="utf-8"))), ids=lambda r: " ".join(r.values())[:60]
)
def test_printed_figures(national: pd.DataFrame, row: dict[str, str]) -> None:
    breakdown = national["breakdown"] == row["breakdown"]
    name = national["breakdown_group"] == row["breakdown_group"]
    question = (national["indicator"] == row["indicator"]) & (national["answer"] == row["answer"])
    found = national[breakdown & name & question]
    assert len(found) == 1
    assert f"{found['value'].iloc[0]:.{row['decimals']}f}" == f"{float(row['value']):.{row['decimals']}f}"
    assert row["base"] in ("", f"{found['base'].iloc[0]:.0f}")


def test_every_sheet_is_read(national: pd.DataFrame, organisations: pd.DataFrame) -> None:
    assert tuple(national.columns) == tuple(organisations.columns) == PUBLISHED_COLUMNS
    for published in (national, organisations):
        assert set(SURVEY_SCORES) <= set(published["indicator"])
        assert set(SURVEY_CONCEPTS) == set(published["concept"].dropna())
        assert set(published["period"]) == {"2024"}
    assert national["indicator"].nunique() == organisations["indicator"].nunique() == 154


def test_levels_and_groups(national: pd.DataFrame, organisations: pd.DataFrame) -> None:
    one = national[(national["indicator"] == "q16b") & (national["answer"] == "Yes")]
    assert one["level"].value_counts().to_dict() == {"England": 122, "system": 42, "region": 7}
    assert set(one.loc[one["level"] == "region", "organisation"]) >= {"Midlands", "London"}
    by_grouping = one.groupby("grouping", observed=True, dropna=False)["group"].agg(list)
    assert by_grouping[WHITE_BME] == list(groups_of(WHITE_BME)[:2])
    assert by_grouping[SURVEY_CATEGORIES] == list(groups_of(SURVEY_CATEGORIES)[:18])
    assert set(by_grouping[""]) == {""}
    assert organisations["ods_code"].nunique() == 263
    assert set(organisations["group"]) == {""}
    assert set(organisations["level"]) == {"organisation"}


def test_suppressed_cells_are_missing_and_nothing_else_is(national: pd.DataFrame, organisations: pd.DataFrame) -> None:
    # The cells that print "-": 2,446 and 704 in all, bases and the tick boxes of Q16c included.
    assert (national["value"].isna() == national["base"].isna()).all()
    assert national["value"].isna().sum() == 2337
    box = organisations["indicator"].str.startswith("q16c")
    assert organisations.loc[box, "value"].isna().all()
    assert organisations.loc[~box, "value"].isna().sum() == 45 * 6


def test_questions_that_are_never_weighted(national: pd.DataFrame) -> None:
    # Only unweighted percentages of a known base give back whole numbers of people.
    people = national["value"] * national["base"] / 100
    whole = (people - people.round()).abs() < 1e-3
    england = (national["breakdown"] == "All staff") & (national["unit"] == "%")
    listed = national["weighting"] == UNWEIGHTED
    assert whole[england & listed].all()
    assert whole[england & ~listed].mean() < 0.05
    assert set(national.loc[listed, "indicator"]) == {
        *("q1", "q10a", "q26d", "q27a", "q27b", "q27c", "q28", "q29", "q30"),
        *("q31a", "q32a", "q32b", "q33", "q34a", "q34b", "q35"),
    }
