import json
from pathlib import Path

import numpy as np
import pytest

from equity_metrics.change.charts.count_charts import p_limits, p_prime_limits, u_limits, u_prime_limits

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "xmr_count_charts.json").read_text(encoding="utf-8"))
CHARTS = {chart["id"]: chart for chart in GOLDEN["charts"]}
LINES = {"upper": "ul99", "near_upper": "ul95", "near_lower": "ll95", "lower": "ll99"}


@pytest.mark.parametrize(
    ("name", "limits_of", "scale"),
    [
        ("powerbi_spc_p", p_limits, 100),
        ("powerbi_spc_pprime", p_prime_limits, 100),
        ("powerbi_spc_uprime", u_prime_limits, 1),
    ],
)
def test_limits_agree_with_the_reference(name, limits_of, scale):
    chart = CHARTS[name]
    limits = limits_of(chart["numerators"], chart["denominators"])
    for line, key in LINES.items():
        np.testing.assert_allclose(
            scale * getattr(limits, line), chart[key], atol=0.51 * 10.0 ** -chart["decimals"], err_msg=line
        )


def test_a_chart_of_counts_is_a_chart_of_rates_over_one():
    chart = CHARTS["powerbi_spc_c"]
    for part in (slice(0, 24), slice(24, 36)):
        events = np.array(chart["numerators"][part])
        limits = u_limits(events, np.ones(len(events)))
        for line, key in LINES.items():
            np.testing.assert_allclose(getattr(limits, line), chart[key][part], atol=0.0051, err_msg=line)


@pytest.mark.parametrize(("limits_of", "primed"), [(p_limits, p_prime_limits), (u_limits, u_prime_limits)])
def test_the_primed_chart_of_binomial_counts_has_nearly_the_same_limits(limits_of, primed):
    events = np.random.default_rng(7).binomial(400, 0.1, size=2000)
    bases = np.full(2000, 400)
    np.testing.assert_allclose(primed(events, bases).upper, limits_of(events, bases).upper, rtol=0.03)


def test_limits_stay_where_proportions_can_be():
    limits = p_limits([1, 0, 2], [20, 20, 20])
    assert (limits.lower == 0).all()
    assert (p_limits([20, 19, 20], [20, 20, 20]).upper == 1).all()


def test_a_period_without_people_is_refused():
    with pytest.raises(ValueError) as refused:
        p_limits([1, 0], [10, 0])
    assert str(refused.value) == "denominators must be above 0, got: 0"
