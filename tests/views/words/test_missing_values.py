import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.catalogue.disclosure_policies import AUDIENCES, DISCLOSURE_POLICY
from equity_metrics.catalogue.missing_values import (
    MISSING_VALUES,
    NOT_APPLICABLE,
    NOT_COLLECTED,
    ROUNDS_TO_ZERO,
    SUPPRESSED,
    TOO_FEW,
)
from equity_metrics.measures.cells import SUPPRESSED_BY_SOURCE
from equity_metrics.measures.disclosure.release import NO_VALUE_IN_SOURCE, release
from equity_metrics.measures.pairs import NOT_IN_DATA
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.fair_comparison.choice import PICTURES
from equity_metrics.views.fair_comparison.explorer import FairComparisonExplorer
from equity_metrics.views.tables import Table
from equity_metrics.views.what_would_it_take.explorer import WhatWouldItTakeExplorer
from equity_metrics.views.words.missing_values import (
    missing_notes,
    missing_value,
    own_reason,
    own_reasons,
    value_words,
)
from equity_metrics.views.words.wording import percent, points, times
from equity_metrics.views.wres.biggest_gap import BiggestGapExplorer
from equity_metrics.views.wres.explorer import WresExplorer
from views.words.answers_of_views import all_of

REASONS = [p.reason for audience in AUDIENCES for p in DISCLOSURE_POLICY.of(audience) if p.below]


def test_each_kind_has_its_own_sign_and_its_own_words():
    assert len({m.sign for m in MISSING_VALUES.values()}) == len({m.words for m in MISSING_VALUES.values()}) == 5


@pytest.mark.parametrize("reason", [*REASONS, SUPPRESSED_BY_SOURCE])
def test_what_was_withheld_is_suppressed_and_never_a_number(reason):
    for text in (reason, f"White: {reason}", f"White: not in the data; BME: {reason}"):
        assert missing_value(text) == SUPPRESSED
        assert value_words(0.0, text, percent) == SUPPRESSED.sign


@pytest.mark.parametrize("reason", [NOT_IN_DATA, NO_VALUE_IN_SOURCE])
def test_what_the_source_does_not_hold_was_not_collected(reason):
    assert missing_value(f"White: {reason}; BME: {reason}") == NOT_COLLECTED


def test_a_number_without_a_reason_is_not_applicable_unless_told():
    assert value_words(math.nan, "", times) == NOT_APPLICABLE.sign
    assert value_words(math.inf, "", times) == NOT_APPLICABLE.sign
    assert value_words(math.nan, "", times, TOO_FEW) == TOO_FEW.sign


@pytest.mark.parametrize(
    ("value", "write", "words"),
    [(0.0, percent, "0.0 %"), (0.0002, percent, "rounds to 0"), (-0.0002, points, "rounds to 0"), (1.0, times, "1.00")],
)
def test_a_small_number_is_not_written_as_none(value, write, words):
    assert value_words(value, "", write) == words


@given(st.one_of(st.tuples(st.floats(0, 1), st.just(percent)), st.tuples(st.floats(-1, 1), st.just(points))))
def test_only_nothing_is_written_as_nothing(number):
    value, write = number
    told = value_words(value, "", write)
    assert (told.strip(" %−+") == "0.0") == (value == 0)
    assert (told == ROUNDS_TO_ZERO.sign) == (value != 0 and round(100 * value, 1) == 0)


def test_a_screen_reader_hears_the_whole_words():
    html = Table(pd.DataFrame({"Group": ["BME"], "Rate": [SUPPRESSED.sign]}), "Rates").html()
    assert f'<span aria-hidden="true">{SUPPRESSED.sign}</span>' in html
    assert SUPPRESSED.words in html


def test_each_kind_that_stands_in_a_table_is_explained_once():
    told = missing_notes(["suppressed", "1.2", "n/a", "suppressed", ""])
    assert told == [f"“{m.sign}”: {m.words.partition(': ')[2]}." for m in (SUPPRESSED, NOT_APPLICABLE)]


def test_a_reason_does_not_repeat_the_name_that_it_stands_beside():
    row = pd.Series({"group": "Chinese", "band": "8a", "withheld": f"8a: {REASONS[0]}"})
    assert own_reason(row) == REASONS[0]
    assert own_reason(row.drop("band").replace(row["withheld"], f"Chinese: {REASONS[0]}")) == REASONS[0]
    assert own_reasons(row.to_frame().T, "band") == [REASONS[0]]
    assert own_reasons(row.to_frame().T) == [row["withheld"]]


@pytest.mark.parametrize(
    ("view", "choices"),
    [
        (FairComparisonExplorer, {"picture_of": PICTURES}),
        (WhatWouldItTakeExplorer, {"scenario": ("3",)}),
        (WresExplorer, {"indicator": ("1", "3")}),
        (BiggestGapExplorer, {}),
    ],
)
def test_no_note_of_a_view_repeats_the_name_of_its_row(view, choices, samples):
    counts = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    own = counts.query("organisation == 'Bramwell Hospitals' and period == '2025' and indicator in ['1', '3']")
    noted = []
    for answer in all_of(view(release(roll_ups(own))), grouping=("Five groups",), **choices):
        name, *_ = answer.table.columns
        noted += [*zip(answer.table[name].map(str), answer.table["Note"].map(str), strict=True)]
        assert f"{noted[-1][0]} not shown ({noted[-1][0]}" not in answer.alt
    assert any(note for _, note in noted), "nothing is withheld here"
    assert [(row, note) for row, note in noted if note.startswith(f"{row}: ")] == []
