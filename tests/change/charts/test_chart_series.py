import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.charts.chart_series import chart_keys, control_charts
from equity_metrics.change.charts.chart_verdicts import chart_verdicts
from equity_metrics.change.charts.control_charts import xmr_limits
from equity_metrics.change.charts.count_charts import p_limits, p_prime_limits
from equity_metrics.change.charts.false_flags import false_flag_chance
from equity_metrics.change.charts.rare_event_charts import g_limits

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "xmr.json").read_text(encoding="utf-8"))
SERIES = {case["id"]: case for case in GOLDEN["series"]}
MONTHS = [f"{2016 + (3 + month) // 12}-{(3 + month) % 12 + 1:02d}" for month in range(36)]


def rows(case, organisation="Exampleshire"):
    values = SERIES[case]["values"]
    return pd.DataFrame({"organisation": organisation, "period": MONTHS[: len(values)], "value": values})


def counts(numerators, denominators):
    return pd.DataFrame(
        {"organisation": "A", "period": MONTHS[: len(numerators)], "numerator": numerators, "denominator": denominators}
    )


def test_two_charts_in_one_table_are_flagged_as_the_reference_does_in_any_order():
    first, second = "ae_RJZ_pct4h_increase_target95", "ae_RQM_pct4h_increase_target95"
    table = pd.concat([rows(first, "RJZ"), rows(second, "RQM")]).sample(frac=1, random_state=1)
    charts = control_charts(table, better="higher")
    assert list(charts["special_cause"]) == SERIES[first]["rule"] + SERIES[second]["rule"]
    verdicts = chart_verdicts(charts, keys=chart_keys(table), target=0.95)
    assert list(verdicts["variation"]) == ["concern", "common cause"]
    assert list(verdicts["assurance"]) == ["consistent fail", "inconsistent"]
    assert list(verdicts["points"]) == [36, 36]
    assert verdicts["false_flag_chance"].tolist() == [false_flag_chance(36)] * 2


def test_a_chart_is_rebased_at_a_date():
    case = SERIES["ae_RRK_rebase_2018-04-01"]
    charts = control_charts(rows(case["id"]), better="lower", rebase=["2018-04"])
    assert list(charts["special_cause"]) == case["rule"]
    assert list(charts["variation"]) == case["variation"]
    verdicts = chart_verdicts(charts, keys=["organisation"])
    assert verdicts["points"].tolist() == [12]
    assert verdicts["assurance"].tolist() == [""]


def test_few_points_give_trial_limits():
    charts = control_charts(rows("annual10_decrease"), better="lower")
    assert chart_verdicts(charts, keys=["organisation"])["trial_limits"].tolist() == [True]


def test_counts_are_drawn_by_the_function_given():
    table = counts([14, 12, 15, 8, 16, 11], [52, 64, 70, 60, 67, 69])
    charts = control_charts(table, p_limits, better="lower")
    np.testing.assert_allclose(charts["process_upper"], p_limits(table["numerator"], table["denominator"]).upper)
    np.testing.assert_allclose(charts["value"], table["numerator"] / table["denominator"])


def test_the_chance_of_a_false_flag_follows_the_chart():
    table = counts([14] * 24, [140] * 24)
    of_proportions = control_charts(table, p_limits, better="lower")["false_flag_chance"].iloc[0]
    primed = control_charts(table.assign(numerator=range(10, 34)), p_prime_limits, better="lower")
    assert of_proportions < false_flag_chance(24)
    assert primed["false_flag_chance"].iloc[0] == false_flag_chance(24, screened=False)
    waits = pd.DataFrame({"period": MONTHS[:24], "value": np.arange(24) % 7})
    assert control_charts(waits, g_limits, better="higher")["false_flag_chance"].iloc[0] > false_flag_chance(24)


def test_options_reach_the_limits_and_the_chance():
    table = rows("annual10_decrease")
    charts = control_charts(table, xmr_limits, better="lower", screened=False)
    np.testing.assert_allclose(charts["process_upper"], xmr_limits(table["value"], screened=False).upper)
    assert charts["false_flag_chance"].iloc[0] == false_flag_chance(10, screened=False)


def test_points_without_a_value_are_left_out():
    table = rows("annual10_decrease")
    table.loc[3, "value"] = np.nan
    assert len(control_charts(table, better="lower")) == 9


def test_two_points_after_a_rebasing_are_refused():
    with pytest.raises(ValueError) as refused:
        control_charts(rows("annual10_decrease"), better="lower", rebase=[MONTHS[8]])
    assert str(refused.value) == "each part of a chart must have at least 3 points, got: 2"
