import numpy as np
import pytest
from scipy import stats

from equity_metrics.change.charts.rare_event_charts import days_between, g_limits, t_limits


def test_g_limits_by_hand():
    cases = [4, 0, 8, 2, 6]  # mean 4, standard deviation sqrt(4 * 5) = 4.4721
    limits = g_limits(cases)
    np.testing.assert_allclose(limits.upper, 4 + 3 * 4.472136, rtol=1e-6)
    np.testing.assert_array_equal(limits.centre, 4)
    np.testing.assert_array_equal(limits.lower, 0)


def test_t_limits_by_hand():
    days = np.array([1.0, 3.0, 7.0, 2.0])
    roots = days**0.2777778
    mean_range = np.abs(np.diff(roots)).mean()
    np.testing.assert_allclose(
        t_limits(days, screened=False).upper, (roots.mean() + 2.66 * mean_range) ** 3.6, rtol=1e-5
    )


def test_exponential_waiting_times_rarely_leave_the_t_limits():
    days = stats.expon(scale=40).rvs(size=(400, 30), random_state=3)
    limits = t_limits(days, screened=False)
    assert ((days > limits.upper) | (days < limits.lower)).mean() < 0.006


def test_the_lower_limit_of_days_is_never_below_zero():
    assert (t_limits([0, 90, 0, 90, 0]).lower == 0).all()


def test_days_between_events():
    np.testing.assert_array_equal(days_between(["2024-01-01", "2024-01-31", "2024-01-31"]), [30, 0])
    with pytest.raises(ValueError) as refused:
        days_between(["2024-02-01", "2024-01-30"])
    assert str(refused.value) == "dates must be in order, got: 2 days backwards"


@pytest.mark.parametrize(("limits_of", "name"), [(g_limits, "cases_between"), (t_limits, "days_between")])
def test_negative_waits_are_refused(limits_of, name):
    with pytest.raises(ValueError) as refused:
        limits_of([3, -1])
    assert str(refused.value) == f"{name} must be 0 or more, got: -1"
