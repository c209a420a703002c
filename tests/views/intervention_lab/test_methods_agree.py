"""By every method that the lab offers, and at every look, sentence, picture and table say the same."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from equity_metrics.change.interventions import VERDICTS
from equity_metrics.change.method_choice import METHODS, STAGGERED
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.interventions import read_interventions
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.intervention_lab.explorer import BY_HAND, InterventionLabExplorer
from equity_metrics.views.intervention_lab.monitoring_answers import monitoring_answer
from equity_metrics.views.intervention_lab.words import SAID, SYMBOLS
from equity_metrics.views.words.wording import interval, times

FEW = settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def counts(samples):
    return roll_up(read_wres_return(samples / "monthly_recruitment_synthetic.csv.gz"), to="White / BME")


@pytest.fixture(scope="module")
def lab(counts):
    return InterventionLabExplorer(counts, organisation="Alderbrook Hospitals", indicator="2", start="2022-10")


@pytest.fixture(scope="module")
def monitored(samples):
    (tried,) = (i for i in read_interventions(samples.parent / "interventions") if i.where == "Alderbrook Hospitals")
    return tried


@pytest.fixture(scope="module")
def started(samples):
    (tried,) = read_interventions(samples.parent / "interventions" / "several_places")
    return tried


def said_verdict(answer):
    (verdict,) = [v for v in VERDICTS if answer.sentence.startswith(SAID[v])]
    return verdict


def check_agreement(answer):
    verdict, row = said_verdict(answer), answer.table.iloc[0]
    assert [v for v in VERDICTS if v in row["verdict"]] == [verdict]
    assert f"with the sign for {row['verdict']}" in answer.alt
    if row["ratio"] == "the test was not made":
        assert len(answer.figure.data[4].x) == 0
        assert verdict in answer.figure.data[5].text[0].replace("<br>", " ")
        return
    dot = answer.figure.data[4]
    assert dot.marker.symbol == SYMBOLS[verdict]
    assert verdict in dot.text[0]
    numbers = f"{row['ratio']} ({row['95 % interval']})"
    assert numbers in dot.text[0]
    assert numbers in answer.alt
    assert f"{row['ratio']} times what" in answer.sentence
    assert row["95 % interval"] == "none" or f"interval is {row['95 % interval']}" in answer.sentence


@pytest.mark.parametrize("method", [method for method in METHODS if method != STAGGERED])
@FEW
@given(data=st.data())
def test_by_every_method_for_one_place(lab, method, data):
    lab.intervention = BY_HAND
    for control in ("organisation", "start", "direction"):
        setattr(lab, control, data.draw(st.sampled_from([*lab._controls[control].options]), label=control))
    lab.smallest = data.draw(st.sampled_from([1.1, 1.25, 2.0]), label="smallest")
    lab.method = method
    check_agreement(lab.answer)


@FEW
@given(factor=st.floats(0.4, 1.6), smallest=st.sampled_from([1.1, 1.25, 2.0]))
def test_for_several_places(counts, started, factor, smallest):
    first = counts["organisation"].map(dict(started.starts)).fillna("9999")
    raised = (counts["group"] == "BME") & (counts["period"] >= first)
    events = counts["numerator"].where(~raised, (counts["numerator"] * factor).round())
    moved = counts.assign(numerator=events.clip(upper=counts["denominator"]))
    answer = InterventionLabExplorer(moved, [replace(started, smallest_worthwhile=smallest)]).answer
    check_agreement(answer)
    assert [f"{ratio:.2f}" for ratio in answer.figure.data[2].y] == answer.table["ratio"].iloc[1:].tolist()


@FEW
@given(data=st.data())
def test_at_every_look(counts, monitored, data):
    places = sorted(set(counts["organisation"]))
    tried = replace(
        monitored,
        where=data.draw(st.sampled_from(places)),
        start=data.draw(st.sampled_from(["2021-04", "2022-10", "2023-10"])),
        smallest_worthwhile=data.draw(st.sampled_from([1.1, 1.25, 2.0])),
    )
    answer = monitoring_answer(counts, tried)
    verdict, last, drawn = said_verdict(answer), answer.table.iloc[-1], answer.figure.data
    assert [v for v in VERDICTS if v in answer.alt.partition(" Below:")[0]] == [verdict]
    assert f"{last['effect so far']} ({last['limits']})" in answer.alt
    if last["limits"] == "none":
        assert "the test was not made" in answer.sentence
        assert pd.isna(drawn[1].y[-1])
        return
    assert f"{last['effect so far']} times what" in answer.sentence
    assert last["decision as agreed"] in answer.sentence
    assert times(drawn[1].y[-1]) == last["effect so far"]
    looks = len(drawn[1].x)
    assert interval(drawn[0].y[looks], drawn[0].y[looks - 1]) == last["limits"]
    assert ("The first look" in answer.sentence) == (verdict == VERDICTS[0])
    assert pd.notna(drawn[2].y[-1])
