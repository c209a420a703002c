"""Published answers to reported percentages, on a small table and on the figures of 2024."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.catalogue.indicators import INDICATOR_7_DEFINITIONS, INDICATORS
from equity_metrics.measures.survey.answers import APPROXIMATE_BASE, indicator_6_bounds, survey_percentages
from equity_metrics.sources.staff_survey import read_staff_survey

IN_BASE, LEFT_OUT = INDICATOR_7_DEFINITIONS
GOLDEN = Path(__file__).parents[2] / "golden" / "staff_survey_2024_percentages.csv"
QUESTIONS = {
    "q14b": ("hba_managers", ("Never", "1 to 2", "3 to 5")),
    "q14c": ("hba_colleagues", ("Never", "1 to 2", "3 to 5")),
    "q15": ("career_fairness", ("Yes", "No", "Don't know")),
    "q16c_6": ("discrimination_ethnicity", ("Race",)),
    "q2a": (None, ("Never", "Always")),
}


def answers(base: float = 40, group: str = "White", **values: tuple[float, ...]) -> pd.DataFrame:
    rows = [
        {
            **dict.fromkeys(("ods_code", "breakdown_group"), ""),
            "organisation": "Invented Trust",
            "period": "2024",
            "level": "organisation",
            "breakdown": "All staff",
            "indicator": indicator,
            "concept": QUESTIONS[indicator][0],
            "answer": answer,
            "value": value,
            "grouping": "White / BME",
            "group": group,
            "unit": "%",
            "base": float(base),
            "weighting": "Unweighted",
            "source": "Synthetic",
        }
        for indicator, numbers in values.items()
        for answer, value in zip(QUESTIONS[indicator][1], numbers, strict=True)
    ]
    return pd.DataFrame(rows).astype({"concept": str})


def test_counted_answers_add_up() -> None:
    found = survey_percentages(answers(q14b=(80, 15, 5), q15=(50, 20, 30), q16c_6=(12,), q2a=(10, 90)))
    assert found["indicator"].tolist() == ["q14b", "q15", "q16c_6"]
    assert found["answer"].tolist() == ["not Never", "Yes", "Race"]
    assert found["value"].tolist() == [20, 50, 12]
    assert found["definition"].tolist() == ["", IN_BASE, ""]
    assert found["base"].tolist() == [40, 40, 40]
    assert set(found["base_note"]) == {""}


def test_answers_left_out_shrink_the_base() -> None:
    found = survey_percentages(answers(base=13, q15=(50, 20, 30)), LEFT_OUT).iloc[0]
    assert found["value"] == pytest.approx(500 / 7)
    # 13 less 30 % of 13 is 9.1: fewer than the ten that a survey needs before anything is shown.
    assert found["base"] == 9
    assert found["base_note"] == APPROXIMATE_BASE
    assert found["definition"] == LEFT_OUT


def test_a_suppressed_answer_leaves_no_percentage() -> None:
    found = survey_percentages(answers(base=np.nan, q15=(np.nan, np.nan, np.nan)))
    assert found["value"].isna().all()


def test_everybody_left_out_leaves_no_percentage() -> None:
    found = survey_percentages(answers(q15=(0, 0, 100)), LEFT_OUT)
    assert found["value"].isna().all()
    assert found["base"].tolist() == [0]


def test_scores_and_reported_indicators_pass_through() -> None:
    score = answers(q15=(1, 2, 97)).head(1).assign(indicator="PP3_2", concept=np.nan, unit="score 0-10", value=6.45)
    reported = answers(q15=(1, 2, 97)).head(1).assign(indicator="7", value=55.0)
    both = pd.concat([score, reported])
    found = survey_percentages(both)
    pd.testing.assert_frame_equal(found[both.columns], both.reset_index(drop=True))


@pytest.mark.parametrize("dropped", ["Yes", "Don't know"])
def test_a_missing_answer_is_refused(dropped: str) -> None:
    table = answers(q15=(50, 20, 30))
    sentence = "published must hold each of the answers Yes, Don't know once, got: 1 of them for q15 of Invented Trust"
    with pytest.raises(ValueError) as error:
        survey_percentages(table[table["answer"] != dropped], LEFT_OUT)
    assert str(error.value) == f"{sentence} White"


def test_an_answer_twice_is_refused() -> None:
    table = answers(q14b=(80, 15, 5))
    with pytest.raises(ValueError, match="must hold each of the answers Never once, got: 2 of them"):
        survey_percentages(pd.concat([table, table]))


def test_an_unknown_definition_is_refused() -> None:
    with pytest.raises(ValueError, match="definition must be one of Don't know in the base, Don't know left out"):
        survey_percentages(answers(q15=(50, 20, 30)), "without")


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 1))
def test_bounds_hold_whatever_the_overlap(managers: float, colleagues: float, overlap: float) -> None:
    least = max(0.0, managers + colleagues - 100)
    both = least + overlap * (min(managers, colleagues) - least)
    table = answers(q14b=(100 - managers, managers, 0), q14c=(100 - colleagues, colleagues, 0))
    bounds = indicator_6_bounds(table).iloc[0]
    assert bounds["lower"] - 1e-9 <= managers + colleagues - both <= bounds["upper"] + 1e-9
    assert bounds["upper"] <= 100


def test_bounds_are_never_a_value_nor_called_wres() -> None:
    white, bme = answers(q14b=(90, 8, 2), q14c=(84, 16, 0)), answers(group="BME", q14b=(90, 8, 2), q14c=(20, 80, 0))
    bounds = indicator_6_bounds(pd.concat([white, bme.assign(base=12)]))
    assert bounds["group"].tolist() == ["White", "BME"]
    assert bounds["lower"].tolist() == [16, 80]
    assert bounds["upper"].tolist() == [26, 90]
    assert bounds["base"].tolist() == [40, 12]
    assert "value" not in bounds.columns
    assert not set(bounds["indicator"]) & set(INDICATORS)


def test_bounds_need_both_questions() -> None:
    with pytest.raises(ValueError, match="got: 1 rows on managers and 0 on colleagues"):
        indicator_6_bounds(answers(q14b=(80, 15, 5)))


@pytest.mark.official
def test_published_percentages(official_data: Path) -> None:
    published = read_staff_survey(official_data / "NSS24_detailed_national_results.xlsx", progress=False)
    who = {
        "white": published["group"] == "White",
        "bme": published["group"] == "BME",
        "midlands": published["organisation"] == "Midlands",
        "england": published["breakdown"] == "All staff",
    }
    tables = {
        (name, definition): survey_percentages(published[rows], definition).set_index("indicator")["value"]
        for name, rows in who.items()
        for definition in INDICATOR_7_DEFINITIONS
    }
    compared = 0
    for row in csv.DictReader(GOLDEN.open(encoding="utf-8")):
        for name in filter(row.get, who):
            value = tables[name, row["definition"] or IN_BASE][row["indicator"]]
            printed = f"{float(row[name]):.{row['decimals']}f}"
            assert f"{value:.{row['decimals']}f}" == printed, f"{row['indicator']} {name}"
            compared += 1
    assert compared == 39


@pytest.mark.official
def test_published_bounds_of_indicator_6(official_data: Path) -> None:
    published = read_staff_survey(official_data / "NSS24_detailed_national_results.xlsx", progress=False)
    bounds = indicator_6_bounds(published).set_index("group").loc[["White", "BME"], ["lower", "upper"]]
    # 2024: White 16.0 to 25.0 %, BME 20.9 to 31.0 %; benchmark reports of 2024 pool to 20.7 and 24.6 %.
    assert bounds.round(1).to_numpy().tolist() == [[16.0, 25.0], [20.9, 31.0]]
