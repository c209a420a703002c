"""Sentence, table and picture are made from one decision: for any counts they say the same."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.measures.fairness.decisions import Verdict
from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import dot_traces
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.verdict_signs import CHARACTERS, NO_VERDICT, SIGN_NOTE, SYMBOLS, verdict_words
from equity_metrics.views.fair_comparison.answers import fair_comparison_answer
from equity_metrics.views.fair_comparison.choice import FairChoice
from equity_metrics.views.wres.answers import wres_answer
from equity_metrics.views.wres.at_a_glance import at_a_glance
from equity_metrics.views.wres.biggest_gap import biggest_gap_answer
from equity_metrics.views.wres.choice import COMPARE, WresChoice
from measures.counts_strategies import events_of

PEOPLE = st.one_of(st.integers(1, 12), st.integers(1, 5_000), st.integers(1, 200_000))
COLOUR_OF = {"BME": palette.GROUP, "White": palette.REFERENCE, "": palette.MUTED}
RATES = [str(i) for i in range(2, 9)]


def released(group, reference, indicators):
    """Make released counts of one organisation; nothing is withheld, so that every size is drawn."""
    rows = [
        ("Alder", "2022", i, name, numerator, denominator)
        for i in indicators
        for name, (numerator, denominator) in (("White", reference), ("BME", group))
    ]
    columns = ["organisation", "period", "indicator", "group", "numerator", "denominator"]
    same = {"grouping": "White / BME", "level": "organisation", "source": "Synthetic", "table": "counts"}
    return pd.DataFrame(rows, columns=columns).assign(band="", definition="", audience="publish", withheld="", **same)


def claimed(text):
    """Return the verdicts and the people at a disadvantage that a text names."""
    found = [verdict for verdict in Verdict if re.search(rf"\b{verdict}\b", text.lower())]
    whom = [name for name in ("BME", "White") if f"to the disadvantage of {name}" in text]
    return found, "".join(whom)


def told_of(answer, label="BME"):
    """Return the verdict in the table's row and the sign and colour of its dot."""
    row = answer.table.set_index(answer.table.columns[0]).loc[label]
    values = answer.figure.data[1]
    position = list(values.y).index(label)
    return row["Verdict"], values.marker.symbol[position], values.marker.color[position]


@settings(max_examples=40, deadline=None)
@given(
    group=events_of(PEOPLE),
    reference=events_of(PEOPLE),
    indicator=st.sampled_from(RATES),
    compare=st.sampled_from(COMPARE),
)
def test_sentence_table_and_dot_never_disagree(group, reference, indicator, compare):
    choice = WresChoice("Alder", indicator, "White / BME", "2022", "BME", "White", compare)
    answer = wres_answer(released(group, reference, [indicator]), choice)
    (verdict,), whom = claimed(answer.sentence)
    cell, symbol, colour = told_of(answer)
    assert cell == f"{CHARACTERS[verdict]} {verdict}{f', against {whom}' if whom else ''}"
    assert symbol == SYMBOLS[verdict]
    assert colour == COLOUR_OF[whom]
    assert f", {verdict}" in answer.alt
    assert "no difference" not in answer.sentence


@settings(max_examples=20, deadline=None)
@given(group=events_of(PEOPLE), reference=events_of(PEOPLE), indicator=st.sampled_from(["2", "3", "4", "7"]))
def test_the_fair_comparison_never_disagrees(group, reference, indicator):
    choice = FairChoice("Alder", indicator, "White / BME", "BME", "White", "2022")
    answer = fair_comparison_answer(released(group, reference, [indicator]), choice)
    (verdict,), whom = claimed(answer.sentence)
    cell, symbol, colour = told_of(answer)
    assert cell == f"{CHARACTERS[verdict]} {verdict}{f', against {whom}' if whom else ''}"
    assert (symbol, colour) == (SYMBOLS[verdict], COLOUR_OF[whom])


@settings(max_examples=20, deadline=None)
@given(group=events_of(PEOPLE), reference=events_of(PEOPLE))
def test_the_nine_side_by_side_never_disagree(group, reference):
    counts = released(group, reference, RATES)
    answer = biggest_gap_answer(counts, "Alder", "2022", "BME", "White")
    dots = [*answer.figure.data[1].marker.symbol, *answer.figure.data[4].marker.symbol]
    colours = [*answer.figure.data[1].marker.color, *answer.figure.data[4].marker.color]
    glance = at_a_glance(counts, "Alder", "2022")
    assert glance["What can be said"].tolist() == answer.table.sort_values("Indicator")["Verdict"].tolist()
    for cell, symbol, colour in zip(answer.table["Verdict"], dots, colours, strict=True):
        (verdict,), _ = claimed(cell)
        assert symbol == SYMBOLS[verdict]
        assert colour == COLOUR_OF[cell.partition(", against ")[2]]
    for _, row in answer.table.iterrows():
        if f"({row['Compared']}, " in answer.sentence and row["Value"] in answer.sentence:
            assert row["Verdict"][2:].partition(",")[0] in answer.sentence.lower()


@pytest.mark.parametrize("verdict", list(Verdict))
def test_each_verdict_has_its_own_sign_and_words(verdict):
    assert SIGN_NOTE.count(f"{CHARACTERS[verdict]} {verdict}") == 1
    assert list(SYMBOLS.values()).count(SYMBOLS[verdict]) == 1 + (verdict == Verdict.BEYOND)
    assert verdict_words(verdict, "group", "BME", "White") == f"{CHARACTERS[verdict]} {verdict}, against BME"


def test_how_often_chance_alone_leaves_the_range_stands_beside_each_ratio():
    choice = WresChoice("Alder", "2", "White / BME", "2022", "BME", "White")
    answer = wres_answer(released((6, 60), (30, 300), ["2"]), choice)
    assert any("outside 0.8-1.25 by chance alone 58 % of the time" in note for note in answer.notes)


def test_a_long_name_does_not_stretch_the_table():
    long = "Black/African/Caribbean/Black British - Any other Black / African / Caribbean background"
    assert verdict_words(Verdict.BEYOND, "group", long, "White").endswith(", against this group")
    assert verdict_words(Verdict.BEYOND, "reference", "White", long).endswith(", against the group compared with")
    assert verdict_words(Verdict.BEYOND, "group", "Asian or Asian British - Indian", "White").endswith("Asian - Indian")


def test_what_has_no_verdict_bears_the_sign_of_none():
    assert SYMBOLS[NO_VERDICT] not in {SYMBOLS[verdict] for verdict in Verdict}
    rows = {"label": ["BME", "Not stated"], "value": [1.5, 1.5], "lower": [1.3, 1.3], "upper": [1.7, 1.7]}
    said = {"verdict": [Verdict.BEYOND, NO_VERDICT], "against": ["group", ""], "withheld": "", "is_reference": False}
    _, dots, _ = dot_traces(pd.DataFrame({**rows, **said}), Scale("ratio", "relative likelihood", ""))
    assert dots.marker.symbol[0] != dots.marker.symbol[1] == SYMBOLS[NO_VERDICT]
    assert dots.marker.color[1] == palette.INK
    assert "an upright stroke has no verdict" in SIGN_NOTE
    assert "90 % interval" in SIGN_NOTE
