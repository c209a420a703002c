from math import log

import pytest

from change.paired_counts_examples import panels
from equity_metrics.change.before_after.what_would_tell import periods_needed, sites_needed, what_would_tell


def narrowing(more):
    return log(1.25) * (1.5 - more / 10)


def test_sites_follow_from_the_square_of_the_interval():
    assert sites_needed(0.6, 0.2) == 8
    assert sites_needed(0.1, 0.2) == 0


def test_the_first_number_of_periods_that_is_enough():
    assert periods_needed(lambda more: 1 / more, 0.25, 10) == 4
    assert periods_needed(lambda more: 1 / more, 1 / 40, 60) in range(40, 50)
    assert periods_needed(lambda more: 1.0, 0.25, 10) is None  # noqa: ARG005 - waiting does not help


@pytest.mark.parametrize(
    ("verdict", "smallest", "half_width_after", "sentence"),
    [
        ("changed", 1.25, narrowing, "It would no longer hold if the months to come went back to the expected path."),
        ("no meaningful change", 1.25, narrowing, "A smaller effect than 1.25 would have to be worth having."),
        (
            "cannot tell", None, narrowing,
            "Agree the smallest effect worth having: without it no result can be called no meaningful change.",
        ),
        (
            "cannot tell", 1.25, narrowing,
            "About 5 more months, or 2 more sites like this one, would narrow the interval to the smallest worthwhile "
            "effect (1.25).",
        ),
        (
            "cannot tell", 1.25, lambda more: 0.4 + 0 * more,
            "Up to 60 more months would not narrow the interval to the smallest worthwhile effect (1.25), because the "
            "baseline is too short to fix the path; about 3 more sites like this one would.",
        ),
    ],
)  # fmt: skip
def test_what_would_tell_in_one_sentence(verdict, smallest, half_width_after, sentence):
    said = what_would_tell(
        panels("2023-01", smallest), verdict=verdict, half_width_after=half_width_after, no_effect=1.0, unit="month"
    )
    assert said == sentence
