import pandas as pd
import pytest

from equity_metrics.measures.disclosure.release import check_released, release
from measures.small_tables import drawn

COUNTS = "indicator | group | numerator | denominator\n 2 | BME | 3 | 90\n 2 | White | 40 | 300"


def test_hands_a_released_table_through():
    released = release(drawn(COUNTS))
    assert check_released(released) is released


@pytest.mark.parametrize(
    ("make", "error", "got"),
    [
        (lambda r: r.to_dict(), TypeError, ", got: dict"),
        (lambda _: drawn(COUNTS), ValueError, ", got: a table without audience and withheld"),
        (lambda r: r.drop(columns="withheld"), ValueError, ", got: a table without withheld"),
        (lambda r: r.assign(audience="board"), ValueError, " for one audience (publish or internal), got: board"),
        (
            lambda r: pd.concat([r, release(drawn(COUNTS), audience="internal")]),
            ValueError,
            " for one audience (publish or internal), got: publish, internal",
        ),
        (
            lambda r: r.assign(withheld=None),
            ValueError,
            ", got: 2 rows that do not say whether they are",
        ),
        (lambda r: r.assign(denominator=90.0), ValueError, ", got: 1 withheld rows with a number in denominator"),
        (lambda r: r.assign(value=0.1), ValueError, ", got: 1 withheld rows with a number in value"),
        (lambda r: r.assign(reference="White", lower=0.1), ValueError, ", got: 1 withheld rows with a number in lower"),
    ],
)
def test_refuses_what_release_did_not_make(make, error, got):
    with pytest.raises(error) as refused:
        check_released(make(release(drawn(COUNTS))))
    assert str(refused.value) == f"released must be a table that release() made{got}"
