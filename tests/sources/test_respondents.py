"""Records of respondents to counts, on records small enough to count by eye."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from equity_metrics.catalogue.ethnic_groups import SURVEY_CATEGORIES, SURVEY_CATEGORIES_2025, UNKNOWN_GROUPS
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.respondents import read_respondents

Files = Callable[[str], dict[str, Path]]
COLUMNS = ("ethnic_group", "q14a", "q14b", "q14c", "q15", "q16b")


def records(*people: tuple[object, ...], period: str = "2024") -> pd.DataFrame:
    table = pd.DataFrame(people, columns=COLUMNS)
    return table.assign(organisation="Invented Trust", period=period, weight=9.9)


def counted(counts: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]]:
    rows = counts[["indicator", "group", "numerator", "denominator"]].itertuples(index=False)
    return {(indicator, group[:13]): (int(x), int(n)) for indicator, group, x, n in rows}


def test_people_are_counted_without_weights() -> None:
    table = records(
        (1, "Never", "Never", "1 to 2", "Yes", "No"),
        (1, "3 to 5", "Never", "Never", "Don't know", "Yes"),
        (1, "", "", "", "", ""),
        (9, "Never", "", "More than 10", "No", ""),
        (None, "Never", "Never", "", "Yes", "No"),
    )
    assert counted(read_respondents(table)) == {
        ("5", "White - Engli"): (1, 2),
        ("5", "Asian/Asian B"): (0, 1),
        ("5", "Not known"): (0, 1),
        ("6", "White - Engli"): (1, 2),
        ("6", "Asian/Asian B"): (1, 1),
        ("6", "Not known"): (0, 1),
        ("7", "White - Engli"): (1, 2),
        ("7", "Asian/Asian B"): (0, 1),
        ("7", "Not known"): (1, 1),
        ("8", "White - Engli"): (1, 2),
        ("8", "Asian/Asian B"): (0, 0),
        ("8", "Not known"): (0, 1),
    }


def test_definition_of_indicator_7() -> None:
    table = records((1, "Never", "Never", "Never", "Yes", "No"), (1, "Never", "Never", "Never", "Don't know", "No"))
    for definition, denominator in (("Don't know in the base", 2), ("Don't know left out", 1)):
        seven = read_respondents(table, definition=definition).query("indicator == '7'")
        assert seven["denominator"].tolist() == [denominator]
        assert seven["definition"].tolist() == [definition]


def test_period_is_the_wres_year_and_categories_are_the_survey_years() -> None:
    person = (13, "Never", "Never", "Never", "Yes", "No")
    now, then = read_respondents(records(person, period="2025")), read_respondents(records(person))
    assert (now["period"].unique(), now["grouping"].unique()) == (["2026"], [SURVEY_CATEGORIES_2025])
    assert (then["period"].unique(), then["grouping"].unique()) == (["2025"], [SURVEY_CATEGORIES])
    assert now["group"].unique() == ["Asian/Asian British - Filipino"]
    assert then["group"].unique() == ["Asian/Asian British - Any other Asian background"]


def test_a_directorate_is_a_level() -> None:
    person = (1, "Never", "Never", "Never", "Yes", "No")
    counts = read_respondents(records(person, person).assign(directorate=["Medicine", "Surgery"]))
    assert set(counts["level"]) == {"directorate"}
    assert counts.query("indicator == '5'")["directorate"].tolist() == ["Medicine", "Surgery"]


def test_a_file_and_a_table_give_the_same_counts(survey_files: Files) -> None:
    path = survey_files("2024")["respondents"]
    from_file = read_respondents(path)
    pd.testing.assert_frame_equal(from_file, read_respondents(pd.read_csv(path)))
    people = pd.read_csv(path)
    five = from_file[from_file["indicator"] == "5"]
    assert five["denominator"].sum() == people["q14a"].notna().sum()
    assert five.loc[five["group"].isin(UNKNOWN_GROUPS), "denominator"].sum() > 0
    assert (people["q14a"].isin(["1 to 2", "3 to 5", "6 to 10", "More than 10"])).sum() == five["numerator"].sum()
    assert set(from_file["source"]) == {"Synthetic respondents"}


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (
            "q15",
            "Maybe",
            "column q15 must be one of Yes, No, Don't know, empty, got: 'Maybe' in 1 cell; "
            "use the questionnaire's words.",
        ),
        ("ethnic_group", 19, "column ethnic_group must be one of 1, 2, "),
        ("ethnic_group", 0, "column ethnic_group must be one of 1, 2, "),
        ("period", "2019", "column period must be one of 2021, 2022, 2023, 2024, 2025, got: '2019' in 1 cell"),
        ("organisation", "", "column organisation must be filled in every row, got: nothing; fill it in."),
    ],
)
def test_bad_values_are_named_without_the_person(column: str, value: object, expected: str) -> None:
    person = (1, "6 to 10", "Never", "Never", "Yes", "No")
    table = records(person, person)
    table[column] = table[column].astype(object)
    table.loc[1, column] = value
    with pytest.raises(InputError) as error:
        read_respondents(table)
    assert f"the table of respondents, {expected}" in str(error.value)
    assert "6 to 10" not in str(error.value)


def test_missing_columns_are_all_named() -> None:
    table = records((1, "Never", "Never", "Never", "Yes", "No")).drop(columns=["q15", "q16b"])
    with pytest.raises(InputError, match=r"missing: q15, q16b;"):
        read_respondents(table)


def test_files_that_hold_no_records(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(InputError, match=r"empty\.csv must hold a heading and rows, got: an empty file"):
        read_respondents(tmp_path / "empty.csv")
    with pytest.raises(InputError, match=r"path must be a file that exists, got: 'none\.csv'"):
        read_respondents(tmp_path / "none.csv")
    with pytest.raises(InputError, match="must hold at least one respondent, got: none"):
        read_respondents(records())


def test_an_unknown_definition_is_refused() -> None:
    with pytest.raises(ValueError, match="definition must be one of"):
        read_respondents(records(), definition="without")
