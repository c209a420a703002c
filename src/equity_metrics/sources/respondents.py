"""Staff Survey records, one person a row, in; counts of WRES indicators 5 to 8 by ethnic group out."""

from pathlib import Path

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import (
    ETHNIC_GROUPS,
    NOT_KNOWN,
    SURVEY_CATEGORIES,
    SURVEY_CATEGORIES_2025,
)
from equity_metrics.catalogue.indicators import INDICATOR_7_DEFINITIONS
from equity_metrics.catalogue.survey_concepts import SURVEY_CONCEPTS, SURVEY_YEARS
from equity_metrics.sources.counts import Place, check_columns, check_counts
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.text_tables import read_text_table

RESPONDENT_COLUMNS = ("organisation", "period", "ethnic_group")
ANSWERS = {
    "hba_public": ("Never", "1 to 2", "3 to 5", "6 to 10", "More than 10"),
    "hba_managers": ("Never", "1 to 2", "3 to 5", "6 to 10", "More than 10"),
    "hba_colleagues": ("Never", "1 to 2", "3 to 5", "6 to 10", "More than 10"),
    "career_fairness": ("Yes", "No", "Don't know"),
    "discrimination_staff": ("Yes", "No"),
}
"""Questions behind indicators 5 to 8 and their answers in the questionnaire's words; empty is not answered."""
_READ = {
    *RESPONDENT_COLUMNS,
    *("directorate", "source"),
    *(question.lower() for concept in ANSWERS for question in SURVEY_CONCEPTS[concept].questions.values()),
}


def read_respondents(
    records: str | Path | pd.DataFrame, *, definition: str = INDICATOR_7_DEFINITIONS[0]
) -> pd.DataFrame:
    """Count WRES indicators 5 to 8 from records of respondents.

    Counts are of people, without weights. A person counts in a question's denominator who answered it; in that of
    indicator 6 who answered about managers or about colleagues, and in its numerator who experienced either.

    Parameters
    ----------
    records
        CSV file or table, one person a row: ``organisation``, ``period`` (the survey's year), ``ethnic_group`` (the
        number of the category in that year's questionnaire; empty where it is not known), and the questions of
        indicators 5 to 8 by their number in that year (``q14a``, ``q14b``, ``q14c``, ``q15``, ``q16b``), answers in
        words. ``directorate`` and ``source`` ride along; other columns are not read.
    definition
        Of indicator 7: with or without "Don't know" in the base.

    Returns
    -------
    DataFrame
        ``counts`` as described in ``docs/tables.md``, in the detailed survey categories, ``level`` ``organisation``, or
        ``directorate`` where there is such a column. ``period`` is the WRES year, the year after the survey's. A group
        without any respondent has no row.

    Raises
    ------
    InputError
        One sentence that names file, column, value and what to do; never a person's row.

    References
    ----------
    NHS England, WRES technical guidance, indicators 5 to 8. That one answer of two suffices for the base of indicator 6
    is this library's reading; the published rule was not found.
    """
    if definition not in INDICATOR_7_DEFINITIONS:
        raise ValueError(f"definition must be one of {', '.join(INDICATOR_7_DEFINITIONS)}, got: {definition!r}")
    table, place = _records(records)
    check_columns(table, RESPONDENT_COLUMNS, place)
    if table.empty:
        raise InputError(f"{place} must hold at least one respondent, got: none; check that the right file was chosen.")
    if (table["organisation"] == "").any():
        raise InputError(f"{place}, column organisation must be filled in every row, got: nothing; fill it in.")
    _check_words(table["period"], SURVEY_YEARS, "period", place, "give the year of the survey")
    by_year = [
        _year_counts(rows, str(year), definition, place)
        for year, rows in table.groupby("period", observed=True, dropna=False)
    ]
    return check_counts(pd.concat(by_year, ignore_index=True), Place(f"the counts from {place}"))


def _records(records: str | Path | pd.DataFrame) -> tuple[pd.DataFrame, Place]:
    """Text columns with lower-case names; an empty cell is empty text."""
    if isinstance(records, pd.DataFrame):
        table, place = records, Place("the table of respondents")
    else:
        table, place = read_text_table(Path(records)), Place(Path(records).name)
    table = table.rename(columns=lambda name: str(name).strip().lower())
    return table[[c for c in table.columns if c in _READ]].apply(_texts), place


def _texts(column: pd.Series) -> pd.Series:
    """Clean each different text once: records repeat few of them many times."""
    codes, found = pd.factorize(column, use_na_sentinel=False)
    texts = pd.Series(found, dtype=object).where(pd.notna(found), "").astype(str).str.strip()
    # A spreadsheet keeps category 9 as 9.0.
    clean, kept = pd.factorize(texts.str.replace(r"^(\d+)\.0$", r"\1", regex=True))
    return pd.Series(pd.Categorical.from_codes(clean[codes], kept), index=column.index)


def _year_counts(table: pd.DataFrame, year: str, definition: str, place: Place) -> pd.DataFrame:
    """Count one survey year, whose question numbers and ethnic categories are its own."""
    questions = {concept: SURVEY_CONCEPTS[concept].questions[year].lower() for concept in ANSWERS}
    check_columns(table, (*RESPONDENT_COLUMNS, *questions.values()), place)
    for concept, question in questions.items():
        _check_words(table[question], (*ANSWERS[concept], ""), question, place, "use the questionnaire's words")
    grouping = SURVEY_CATEGORIES_2025 if year >= "2025" else SURVEY_CATEGORIES
    names = {g.code: g.group for g in ETHNIC_GROUPS if g.grouping == grouping and g.code} | {"": NOT_KNOWN}
    codes = table["ethnic_group"].map(lambda code: code.lstrip("0") or code)
    _check_words(codes, tuple(names), "ethnic_group", place, f"use the numbers of the {year} questionnaire")
    flags = _flags({concept: table[question] for concept, question in questions.items()}, definition)
    optional = [c for c in ("directorate", "source") if c in table.columns]
    # Ordered, so that groups stand in published order.
    group = pd.Categorical(codes.map(names), categories=list(names.values()))
    keys = table[["organisation", *optional]].assign(group=group)
    levels = {"level": "directorate" if "directorate" in optional else "organisation", "grouping": grouping}
    tables = []
    for indicator, (counted, answered) in flags.items():
        people = keys.assign(numerator=counted, denominator=answered)
        summed = people.groupby(list(keys.columns), observed=True, dropna=False, sort=True)
        definitions = {"definition": definition if indicator == "7" else ""}
        tables.append(summed.sum().reset_index().assign(indicator=indicator, **levels, **definitions))
    counts = pd.concat(tables, ignore_index=True).astype({"numerator": float, "denominator": float})
    counts = counts.assign(period=str(int(year) + 1)).astype(dict.fromkeys(keys.columns, str))
    if "source" not in optional:
        counts = counts.assign(source=place.file)
    order = ["organisation", "period", "indicator", "grouping", "level", "group", "numerator", "denominator"]
    return counts[[*order, *(c for c in counts.columns if c not in order)]]


def _flags(answers: dict[str, pd.Series], definition: str) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Who is counted and who answered, by indicator."""
    answered = {concept: answer != "" for concept, answer in answers.items()}
    harassed = {c: answered[c] & (answers[c] != "Never") for c in ("hba_public", "hba_managers", "hba_colleagues")}
    fair = answers["career_fairness"]
    based = answered["career_fairness"]
    if definition == INDICATOR_7_DEFINITIONS[1]:
        based = based & (fair != "Don't know")
    return {
        "5": (harassed["hba_public"], answered["hba_public"]),
        "6": (
            harassed["hba_managers"] | harassed["hba_colleagues"],
            answered["hba_managers"] | answered["hba_colleagues"],
        ),
        "7": (fair == "Yes", based),
        "8": (answers["discrimination_staff"] == "Yes", answered["discrimination_staff"]),
    }


def _check_words(words: pd.Series, known: tuple[str, ...], column: str, place: Place, do: str) -> None:
    """Refuse an unknown word, naming it and how often it stands there, not the person."""
    bad = words[~words.isin(known)]
    if len(bad):
        choices = ", ".join(word or "empty" for word in known)
        often = f"in {len(bad):,} {'cell' if len(bad) == 1 else 'cells'}"
        raise InputError(f"{place}, column {column} must be one of {choices}, got: {bad.iloc[0]!r} {often}; {do}.")
