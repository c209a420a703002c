import re

import pandas as pd
import pytest

from equity_metrics.catalogue.missing_values import MISSING_VALUES
from equity_metrics.views.tables import Table

SIGN = next(iter(MISSING_VALUES.values())).sign


def classes(rows: pd.DataFrame, tag: str) -> list[str]:
    return [
        found.partition('class="')[2].rstrip('">')
        for found in re.findall(rf"<{tag}\b[^>]*>", Table(rows, "About").html().partition("<tr>")[2])
    ]


@pytest.mark.parametrize(
    ("said", "read_from_the_left"),
    [
        (["spread it", "not shown"], True),
        (["2024-05", "2025-01"], False),
        (["−3.5", SIGN], False),
        ([SIGN, "cannot tell", "changed"], True),
        ([0.25, 3.0], False),
        (["", "<0.001", "1 in 8"], False),
        (["+5.4 points to +14.7 points", "none"], False),
    ],
)
def test_words_are_read_from_the_left_and_numbers_stand_under_each_other(said, read_from_the_left):
    rows = pd.DataFrame({"": "row", "said": said})
    wanted = "em-left" if read_from_the_left else ""
    assert classes(rows, "td") == [wanted] * len(said)
    assert classes(rows, "th")[1] == wanted


def test_a_long_cell_may_be_broken_into_lines():
    rows = pd.DataFrame({"": ["a", "b"], "said": ["short", "a sentence of more than twenty-eight letters"]})
    assert classes(rows, "td") == ["em-left", "em-left em-long"]
    mixed = pd.DataFrame({"": ["a"], "said": ["0.76 (0.53 to 1.14) · cannot tell"]})
    assert classes(mixed, "td") == ["em-left em-long"]
