import pandas as pd
import pytest

from equity_metrics.packs.tidy_tables import tidy_table


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,234", "suppressed"], {"A": [1234.0, "suppressed"]}),
        (["−0.6", "+4.5"], {"A": [-0.6, 4.5]}),
        (["6.4 %", "n/a"], {"A (%)": [6.4, "n/a"]}),
        (["244 of 1,700", "suppressed"], {"A: count": [244.0, "suppressed"], "A: out of": [1700.0, None]}),
        (["−2.0 to +1.3", "none"], {"A: lower": [-2.0, "none"], "A: upper": [1.3, None]}),
        (["6.2 % to 6.6 %"], {"A: lower (%)": [6.2], "A: upper (%)": [6.6]}),
        (["1.42 (1.22 to 1.64)"], {"A": [1.42], "A: lower": [1.22], "A: upper": [1.64]}),
        (["Band 2", "Band 3"], {"A": ["Band 2", "Band 3"]}),
        (["69 : 640; White 218 : 1,150"], {"A": ["69 : 640; White 218 : 1,150"]}),
        (["8.5", "between 2 and 3"], {"A": ["8.5", "between 2 and 3"]}),
        ([8.4, None], {"A": [8.4, None]}),
    ],
)
def test_each_cell_holds_one_number(cells, expected):
    told = tidy_table(pd.DataFrame({"A": pd.Series(cells, dtype=object)}))
    pd.testing.assert_frame_equal(told, pd.DataFrame(expected), check_dtype=False)


def test_rows_stay_as_they_are(answers):
    for answer in answers:
        told = tidy_table(answer.table)
        assert len(told) == len(answer.table)
        assert list(told.iloc[:, 0]) == list(answer.table.iloc[:, 0])
