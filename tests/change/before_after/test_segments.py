import numpy as np
import pytest

from equity_metrics.change.before_after.segments import segmented_basis, segmented_change

TIMES = np.arange(2010, 2030)
AFTER = TIMES >= 2024


def fitted(values, *, trend=True):
    basis = segmented_basis(TIMES, AFTER, trend=trend)
    coefficients = np.linalg.lstsq(basis.columns, values)[0]
    return segmented_change(
        coefficients, np.ones(len(TIMES)), values - basis.columns @ coefficients, TIMES, AFTER,
        trend=trend, confidence=0.95, smallest_dispersion=0.0,
    )  # fmt: skip


def test_the_contrast_is_the_mean_change_over_the_periods_after():
    rise = np.where(AFTER, 2.0 + 0.5 * (TIMES - 2024), 0.0)
    values = 3.0 + 0.1 * TIMES + rise
    assert fitted(values).size == pytest.approx(rise[AFTER].mean())


def test_a_level_model_compares_means():
    values = np.random.default_rng(3).normal(size=len(TIMES))
    assert fitted(values, trend=False).size == pytest.approx(values[AFTER].mean() - values[~AFTER].mean())


@pytest.mark.parametrize(("after", "terms"), [(2, 3), (3, 4)])
def test_two_periods_after_the_start_have_no_slope_of_their_own(after, terms):
    since = TIMES[-1] - after + 1
    assert segmented_basis(TIMES, since <= TIMES).columns.shape == (20, terms)
    assert segmented_basis(TIMES, since <= TIMES, trend=False).columns.shape == (20, 2)


def test_only_the_change_is_marked_as_changing():
    basis = segmented_basis(TIMES, AFTER)
    assert not (basis.columns[~AFTER] * basis.changing).any()
    assert basis.contrast @ basis.changing == 1


def test_no_more_periods_leave_the_half_width_as_it_is():
    change = fitted(np.random.default_rng(3).normal(size=len(TIMES)))
    assert change.half_width_after(0) == pytest.approx(change.half_width, rel=0.02)
    level = fitted(np.random.default_rng(3).normal(size=len(TIMES)), trend=False)
    assert level.half_width_after(20) < level.half_width
