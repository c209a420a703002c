import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.change.charts.chart_verdicts import assurance
from equity_metrics.change.trends.baseline_paths import Slope
from equity_metrics.views.baseline_trend.words import (
    assurance_words,
    chance_words,
    direction_words,
    false_flag_words,
    path_words,
    slope_words,
    variation_words,
)
from equity_metrics.views.drawing.sparkline import sparkline
from equity_metrics.views.words.wording import percent


def test_common_cause_is_no_claim_and_special_cause_names_its_rule():
    assert variation_words("common cause", "common cause", 0) == (
        "The latest point shows common cause variation: by itself it is no sign of a change."
    )
    told = variation_words("improvement", "shift", 1)
    assert "of improving nature (a run of 7 or more on one side" in told
    assert told.endswith("1 earlier point is flagged.")
    assert variation_words("high", "outside limits", 3).endswith("3 earlier points are flagged.")


@given(st.floats(0.2, 5), st.floats(0.2, 5), st.floats(1.01, 2), st.sampled_from(["higher", "lower", "equal"]))
def test_assurance_never_contradicts_the_limits(target, centre, reach, better):
    lower, upper = centre / reach, centre * reach
    told = assurance_words(assurance(lower, upper, target, better), lower, upper, target)
    inside = lower <= target <= upper
    assert inside == ("in some periods" in told or "both sides" in told)
    if not inside and better != "equal":
        passes = (better == "higher") == (lower > target)
        assert ("consistently meet" in told) == passes
    if not inside and better == "equal":
        assert ("stays above" in told) == (lower > target)


@pytest.mark.parametrize(
    ("slope", "told"),
    [((1.1, 1.02, 1.2), "was rising"), ((0.8, 0.7, 0.95), "was falling"), ((1.1, 0.9, 1.3), "cannot be told")],
)
def test_a_slope_is_claimed_only_where_its_interval_excludes_standing_still(slope, told):
    assert told in slope_words(Slope(*slope, 0.95), "odds ratio")
    assert slope_words(None, "odds ratio") == ""


def test_chances_are_whole_per_cent_and_never_nought_or_a_hundred():
    assert [chance_words(c) for c in (0.0004, 0.054, 0.9999)] == ["below 1 %", "5 %", "above 99 %"]
    assert "44 % for this chart, above 99 % for a page of 39" in false_flag_words(0.44, 0.9999, 39, held=False)
    assert "page" not in false_flag_words(0.44, 0.44, 1, held=False)
    assert "wider limits" in false_flag_words(0.001, 0.05, 39, held=True)


def test_direction_is_told_with_its_reason():
    assert direction_words("lower", by_parity=True) == "Closer to 1 is better, so here lower is."
    assert "Neither" in direction_words("equal", by_parity=False)
    assert direction_words("higher", by_parity=False) == "Higher is better."


def test_a_path_is_told_with_its_interval_or_that_there_is_too_little():
    path = pd.DataFrame({"period": ["2026"], "expected": [0.2], "lower": [0.15], "upper": [0.25]})
    assert "expect 20.0 % in 2026 (95 % prediction interval 15.0 % to 25.0 %)" in path_words(path, percent)
    assert "too little" in path_words(path.head(0), percent)


def test_a_small_chart_marks_each_flagged_point_by_its_sign():
    lines = {"centre": 1.0, "process_lower": 0.5, "process_upper": 1.5}
    points = pd.DataFrame({"value": [1.0, 1.6, 0.4], "variation": ["common cause", "concern", "improvement"], **lines})
    drawn = sparkline(points, 'a "b"')
    assert drawn.count("■") == drawn.count("★") == 1
    assert 'aria-label="a &quot;b&quot;"' in drawn
    flat = points.assign(value=1.0, centre=1.0, process_lower=1.0, process_upper=1.0)
    assert "nan" not in sparkline(flat, "")
    assert sparkline(points.head(0), "") == ""
