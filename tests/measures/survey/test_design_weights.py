import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from equity_metrics.measures.intervals.intervals import wilson
from equity_metrics.measures.intervals.ratios import katz_ratio
from equity_metrics.measures.survey import design_intervals
from equity_metrics.measures.survey.design_intervals import (
    beta_interval,
    logit_interval,
    t_interval,
    weighted_gap,
    weighted_relative_likelihood,
)
from equity_metrics.measures.survey.design_weights import SurveyDesign, weighted_mean
from equity_metrics.measures.survey.weighted_percentages import weighted_percentages
from measures.golden import GOLDEN

FIGURES = json.loads((GOLDEN / "design_weights.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in FIGURES["cases"]}


def stratified():
    """Return the schools drawn by stratum, one a row, and how they were drawn."""
    tables = [pd.DataFrame(stratum).assign(stratum=name) for name, stratum in FIGURES["stratified"].items()]
    schools = pd.concat(tables, ignore_index=True)
    return schools, SurveyDesign(schools["weight"], schools["stratum"], population=schools["population"])


def clustered():
    drawn = FIGURES["clustered"]
    schools = pd.DataFrame([(d, score) for d, scores in drawn["score"].items() for score in scores])
    schools = schools.set_axis(["district", "score"], axis="columns")
    weights, population = np.full(len(schools), drawn["weight"]), np.full(len(schools), drawn["population"])
    return schools, SurveyDesign(weights, clusters=schools["district"], population=population)


@pytest.mark.parametrize("case", [c for c in CASES.values() if "se" in c], ids=lambda c: c["id"])
def test_means_errors_and_design_effects(case):
    schools, design = {"stratified": stratified, "clustered": clustered}[case["sample"]]()
    mean = weighted_mean(schools[case["of"]], design)
    assert mean.value == pytest.approx(case["est"], rel=1e-6)
    assert np.sqrt(mean.variance) == pytest.approx(case["se"], rel=2e-6)
    assert mean.design_effect == pytest.approx(case.get("deff", mean.design_effect), rel=1e-6)
    assert mean.effective_base == pytest.approx(len(schools) / mean.design_effect)


@pytest.mark.parametrize("case", [c for c in CASES.values() if "ci" in c], ids=lambda c: c["id"])
def test_limits_of_a_proportion(case):
    schools, design = stratified()
    interval = getattr(design_intervals, case["interval"])
    assert interval(weighted_mean(schools[case["of"]], design)) == pytest.approx(case["ci"], rel=1e-6)


@given(st.integers(20, 200), st.data())
def test_a_simple_sample_is_worth_its_people(n, data):
    events = data.draw(st.integers(1, n - 1))
    mean = weighted_mean(np.arange(n) < events, SurveyDesign(np.full(n, 7.0)))
    assert mean.value == pytest.approx(events / n)
    assert mean.variance == pytest.approx(mean.value * (1 - mean.value) / (n - 1))
    assert mean.design_effect == pytest.approx(1)
    assert mean.effective_base == pytest.approx(n)
    for interval in (beta_interval, logit_interval):
        lower, upper = interval(mean)
        assert 0 <= lower < mean.value < upper <= 1
        assert np.abs(np.array([lower, upper]) - wilson(events, n)).max() < 0.45 / np.sqrt(n)


@given(
    st.lists(st.tuples(st.floats(0.1, 9), st.booleans(), st.integers(0, 2)), min_size=6, max_size=60),
    st.floats(0.1, 50),
)
@example([(weight, True, 0) for weight in (1.9, 1.7, 0.5, 1.8, 0.6, 1.6, 0.8, 1.8, 1.3, 0.9)], 0.3)
def test_only_the_shares_of_weights_matter(people, scale):
    weights, events, strata = (np.array(part) for part in zip(*people, strict=True))
    strata = np.where(np.bincount(strata, minlength=3)[strata] > 1, strata, strata[0])
    strata = np.zeros_like(strata) if (np.bincount(strata) == 1).any() else strata
    one, other = (weighted_mean(events, SurveyDesign(weights * k, strata)) for k in (1, scale))
    assert other.value == pytest.approx(one.value)
    assert other.variance == pytest.approx(one.variance, abs=1e-12)
    assert other.effective_base == pytest.approx(one.effective_base, rel=1e-6)


def test_clusters_that_answer_alike_are_worth_one_person_each():
    answers = np.repeat([1.0, 0.0, 1.0, 0.0, 0.0], 20)
    mean = weighted_mean(answers, SurveyDesign(np.ones(100), clusters=np.repeat(np.arange(5), 20)))
    assert mean.degrees_of_freedom == 4
    assert 4 <= mean.effective_base <= 5


def test_a_group_keeps_the_strata_it_is_not_in():
    schools, design = stratified()
    primary = weighted_mean(schools["score"], design, schools["stratum"] == "E")
    alone = schools[schools["stratum"] == "E"]
    assert primary.value == pytest.approx(alone["score"].mean())
    assert primary.base == len(alone) == 100
    assert primary.degrees_of_freedom == 197


def test_nobody_and_everybody_have_limits_from_their_weights():
    nobody = weighted_mean(np.zeros(40), SurveyDesign(np.r_[np.ones(20), np.full(20, 3.0)]))
    assert nobody.effective_base == pytest.approx(80**2 / (20 + 20 * 9))
    assert beta_interval(nobody)[0] == 0
    assert beta_interval(nobody)[1] == pytest.approx(1 - 0.025 ** (1 / nobody.effective_base), rel=1e-3)
    assert np.isnan(logit_interval(nobody)).all()
    assert beta_interval(weighted_mean(np.ones(40), SurveyDesign(np.ones(40))))[1] == 1


def test_without_weights_a_ratio_is_as_before():
    events, group = np.r_[np.arange(400) < 80, np.arange(900) < 90], np.r_[np.ones(400), np.zeros(900)].astype(bool)
    design = SurveyDesign(np.ones(1300))
    bme, white = weighted_mean(events, design, group), weighted_mean(events, design, ~group)
    value, lower, upper = weighted_relative_likelihood(bme, white, design)
    assert value == pytest.approx(2)
    assert (lower, upper) == pytest.approx([float(limit) for limit in katz_ratio(80, 400, 90, 900)], rel=2e-3)
    gap = weighted_gap(bme, white, design)
    assert gap.value == pytest.approx(0.1)
    assert gap.variance == pytest.approx(bme.variance + white.variance, rel=1e-9)
    assert t_interval(gap)[0] < 0.1 < t_interval(gap)[1]


def test_percentages_by_group_are_published_like():
    records = pd.DataFrame({"group": ["BME", "White"] * 30, "yes": [1.0, 0, 0, 0, 1, np.nan] * 10, "weight": 2.0})
    table = weighted_percentages(records, "yes", ["group"], SurveyDesign(records["weight"]))
    assert table["group"].tolist() == ["BME", "White"]
    assert table["base"].tolist() == [30, 20]
    np.testing.assert_allclose(table["value"], [200 / 3, 0])
    assert (table["lower"] <= table["value"]).all()
    assert (table["value"] <= table["upper"]).all()
    assert set(table["unit"]) == {"%"}


def test_nobody_answered():
    mean = weighted_mean([np.nan, np.nan], SurveyDesign([1, 1]))
    assert mean.base == 0
    assert np.isnan([mean.value, mean.variance, *t_interval(mean), *beta_interval(mean)]).all()


@pytest.mark.parametrize(
    ("design", "sentence"),
    [
        (SurveyDesign([1, -1, 1]), "weights must be numbers, 0 or more, got: -1"),
        (
            SurveyDesign([1, 1, 1], strata=[1, 1, 2]),
            "strata must each hold two clusters or more, got: 1 with a single one",
        ),
        (
            SurveyDesign([1, 1, 1], population=[9, 9, 8]),
            "population must be one number for each stratum, and no fewer than were drawn from it",
        ),
    ],
)
def test_designs_that_cannot_be_are_refused(design, sentence):
    with pytest.raises(ValueError) as refused:
        weighted_mean([1, 0, 1], design)
    assert str(refused.value) == sentence
