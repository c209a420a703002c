"""Sentence, picture and table of an intervention are made of one row of effects and never contradict its verdict."""

import re
from statistics import median

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.change.agreed_effects import decided
from equity_metrics.change.interventions import VERDICTS, effects
from equity_metrics.views.drawing import palette
from equity_metrics.views.intervention_lab.figure import intervention_figure
from equity_metrics.views.intervention_lab.notes import effect_table
from equity_metrics.views.intervention_lab.words import CONCERN, SAID, SYMBOLS, rebound_words, verdict_sentence
from equity_metrics.views.words.wording import interval, times

NO_POINTS = pd.DataFrame(columns=["step", "period", "period_length", "ratio"])
NO_LEVELS = pd.DataFrame(columns=["period", "phase", "expected", "lower", "upper"])
NO_REBOUND = pd.DataFrame()
FORBIDDEN = ("did not work", "no effect", "no difference", "not significant", "no significant")


def row(effect, lower, upper, p_value, smallest=1.25, direction="higher", indicator="2", agreed="2023-01-31"):
    tried = Intervention("Panels", "2023-04", "Ash", indicator, direction, 0, smallest, agreed)
    found = effects(
        tried, observed=10, expected=9, effect=effect, lower=lower, upper=upper, confidence=0.95, p_value=p_value,
        method="a test", measure="ratio of odds ratios", no_effect=1.0, assumptions="None.",
        would_change_verdict="About 5 more months would tell.",
    )  # fmt: skip
    return decided(found, tried).iloc[0]


def picture(effect, rebound=NO_REBOUND):
    return intervention_figure(effect, NO_POINTS, NO_LEVELS, rebound, "2023-04", ["Ash", "odds ratio"])


@st.composite
def rows(draw):
    size = draw(st.floats(0.15, 6))
    low, high = size / draw(st.floats(1.01, 8)), size * draw(st.floats(1.01, 8))
    p_value = 0.01 if low > 1 or high < 1 else 0.4
    smallest = draw(st.one_of(st.none(), st.floats(1.05, 4)))
    direction, indicator = draw(st.sampled_from(["higher", "lower"])), draw(st.sampled_from(["2", "3", "4"]))
    if draw(st.integers(0, 9)) == 0:
        size = low = high = p_value = float("nan")
    return row(size, low, high, p_value, smallest, direction, indicator)


@settings(deadline=None, max_examples=60)
@given(rows())
def test_sentence_picture_and_table_never_contradict_the_verdict(effect):
    said, table, figure = verdict_sentence(effect, "BME", "White"), effect_table(effect, NO_REBOUND), picture(effect)
    assert [v for v in VERDICTS if said.startswith(SAID[v])] == [effect["verdict"]]
    assert [v for v in VERDICTS if v in table["verdict"].iloc[0]] == [effect["verdict"]]
    assert not [words for words in FORBIDDEN if words in said.lower()]
    dot, refusal = figure.data[4], figure.data[5]
    if pd.isna(effect["effect"]):
        assert len(dot.x) == 0
        assert effect["verdict"] in refusal.text[0].replace("<br>", " ")
        assert "the test was not made" in said
        return
    assert dot.marker.symbol == SYMBOLS[effect["verdict"]]
    assert effect["verdict"] in dot.text[0]
    limits = interval(effect["lower"], effect["upper"])
    assert times(effect["effect"]) in said
    assert limits in said
    assert table["95 % interval"].iloc[0] == limits
    hoped = (effect["effect"] > 1) == (effect["expected_direction"] == "higher")
    changed = effect["verdict"] == "changed"
    assert ("in the direction hoped for" in said) == (changed and hoped)
    assert ("against the direction hoped for" in said) == (changed and not hoped)
    assert dot.marker.color == ((palette.GROUP if hoped else CONCERN) if changed else palette.MUTED)
    assert f"beforehand: {effect['agreed_decision']}" in said or "No threshold was agreed" in said
    assert (figure.data[3].x[0] > 1 or figure.data[3].x[1] < 1) == changed or not 0.1 < effect["effect"] < 10


@settings(deadline=None, max_examples=60)
@given(rows())
def test_good_and_harm_lead_to_decisions_that_fit_the_verdict(effect):
    if effect["agreed_decision"] in ("spread it", "change it"):
        assert effect["verdict"] == "changed"
        assert "in the direction hoped for" in verdict_sentence(effect, "BME", "White")


def test_a_board_reads_the_three_verdicts():
    assert verdict_sentence(row(1.7, 1.4, 2.0, 0.001), "BME", "White") == (
        "It changed. Panels, Ash: the odds of BME people (appointment from shortlisting), compared with White people, "
        "were 1.70 times what they would have been without it. The 95 % interval is 1.40 to 2.00, in the direction "
        "hoped for. By what was agreed beforehand: spread it."
    )
    small = verdict_sentence(row(1.02, 0.9, 1.15, 0.7), "BME", "White")
    assert (
        "within what was agreed to be too small to matter (0.80 to 1.25). By what was agreed beforehand: stop." in small
    )
    open_ = verdict_sentence(row(0.8, 0.3, 2.1, 0.6, indicator="3", direction="lower"), "BME", "White")
    assert "neither a fall nor a rise is ruled out. What would tell: about 5 more months would tell. By" in open_


def test_thresholds_that_nobody_agreed_are_not_called_agreed():
    by_hand = row(1.02, 0.9, 1.15, 0.7, agreed="")
    said, table = verdict_sentence(by_hand, "BME", "White"), effect_table(by_hand, NO_REBOUND)
    assert "within what is here taken to be too small to matter (0.80 to 1.25)" in said
    assert said.endswith("By a threshold chosen here, not agreed beforehand: stop.")
    assert table["as agreed"].tolist() == ["stop (not agreed beforehand)"]
    assert "as chosen here, not agreed" in str(picture(by_hand).layout.annotations)


@pytest.mark.parametrize("numbers", [(1.7, 1.4, 2.0, 0.001), (1.02, 0.9, 1.15, 0.7), (0.8, 0.3, 2.1, 0.6)])
def test_half_of_the_sentences_have_at_most_twenty_words(numbers):
    said = verdict_sentence(row(*numbers), "BME", "White")
    assert median(len(part.split()) for part in re.split(r"(?<=[a-z0-9)])\. ", said)) <= 20


def rebound(seen, is_rebound):
    values = {"period": "2023", "next_period": "2024", "rebound": 0.5, "lower": 0.2, "upper": 1.3}
    return pd.DataFrame([{**values, "seen": seen, "is_rebound": is_rebound}])


@pytest.mark.parametrize(
    ("seen", "is_rebound", "said"),
    [(0.6, True, "that is the rebound."), (0.1, False, "beyond the rebound."), (float("nan"), False, "in the next.")],
)
def test_the_rebound_is_said_drawn_and_written_alike(seen, is_rebound, said):
    beside = rebound(seen, is_rebound)
    assert rebound_words(beside).endswith(said)
    effect = row(0.7, 0.4, 1.3, 0.2, direction="lower")
    drawn, alone = picture(effect, beside), picture(effect)
    assert len(drawn.data) == len(alone.data) == 8
    assert list(drawn.data[6].x) == [0.2, 1.3]
    assert effect_table(effect, beside).shape[0] == 3
    assert rebound_words(NO_REBOUND) == ""
