import pytest

from change.paired_counts_examples import YEARS, panels, two_groups
from equity_metrics.change.before_after.before_after import before_after_effects
from equity_metrics.change.before_after.event_tests import exact_gap_changes
from equity_metrics.change.before_after.interrupted_series import interrupted_gaps
from equity_metrics.change.trends.gap_models import RATE_GAP


@pytest.mark.parametrize(
    ("events", "test", "method"),
    [
        (
            [4, 2, 3, 5, 2, 3, 4, 3, 2],
            exact_gap_changes,
            "exact conditional test of the rate ratio, widened for variation beyond chance, against its level",
        ),
        (
            [14, 12, 13, 15, 12, 13, 14, 13, 12],
            interrupted_gaps,
            "interrupted series of the rate ratio, against its trend",
        ),
    ],
)
def test_the_number_of_events_chooses_the_test(events, test, method):
    counts = two_groups(events, 500, [40, 42, 39, 41, 40, 43, 38, 40, 41], 2000, YEARS)
    chosen = before_after_effects(counts, panels("2022"), "BME", "White", ratio=RATE_GAP)
    assert chosen.loc[0, "method"] == method
    assert chosen.equals(test(counts, panels("2022"), "BME", "White", ratio=RATE_GAP))
