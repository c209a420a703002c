import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from equity_metrics.measures.disclosure.disclosure_attack import disclosure_attack, possible_ranges
from measures.golden import golden_cases
from measures.linked_examples import fitting_tables, totalled

TWO_PER_LINE = next(case for case in golden_cases("disclosure.json") if case["id"] == "two_per_line")


def two_per_line(withheld):
    rows, columns = list(TWO_PER_LINE["rows"]), TWO_PER_LINE["columns"]
    cells, dimensions = totalled(np.array(list(TWO_PER_LINE["rows"].values())))
    name = cells["d0"].replace({f"p{k}": r for k, r in enumerate(rows)})
    name = name + "|" + cells["d1"].replace({f"q{k}": c for k, c in enumerate(columns)})
    seen = cells.assign(count=cells["count"].where(~name.isin(withheld)), small=False)
    return seen.set_index(name), dimensions


def test_two_withheld_cells_in_each_line_are_not_enough():
    seen, dimensions = two_per_line(TWO_PER_LINE["withheld"])
    inner = seen[(seen["d0"] != "All") & (seen["d1"] != "All")]["count"].isna()
    assert all(inner.groupby(seen[line]).sum().ge(2).all() for line in ("d0", "d1"))
    ranges = possible_ranges(seen, dimensions, 3)
    exact = ranges.loc[ranges["least"] == ranges["most"], "least"]
    assert exact.to_dict() == TWO_PER_LINE["given_away"]
    attack = disclosure_attack(seen, dimensions, 3)
    assert set(attack.index[~attack["safe"]]) == set(TWO_PER_LINE["given_away"])


def test_one_more_cell_leaves_the_published_range():
    after = TWO_PER_LINE["after"]
    ranges = possible_ranges(*two_per_line([*TWO_PER_LINE["withheld"], after["add"]]), 3)
    assert ranges.loc[after["cell"], ["least", "most"]].tolist() == [after["least"], after["most"]]


@pytest.mark.parametrize("cell", TWO_PER_LINE["protects"])
def test_each_of_these_cells_protects(cell):
    ranges = possible_ranges(*two_per_line([*TWO_PER_LINE["withheld"], cell]), 3).loc["w|b"]
    assert ranges["least"] < ranges["most"]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([(3,), (2, 2), (2, 3), (3, 2), (2, 2, 2)]).flatmap(
        lambda shape: st.tuples(
            arrays.arrays(np.int64, shape, elements=st.integers(0, 3)),
            arrays.arrays(np.bool_, 40, elements=st.booleans()),
        )
    ),
    st.integers(2, 4),
    st.booleans(),
)
def test_finds_what_counting_every_table_finds(drawn, threshold, nested):
    counts, chosen = drawn
    nested = nested and counts.shape[0] > 2
    cells, dimensions = totalled(counts, nested)
    true = cells["count"].to_numpy()
    withheld = chosen[: len(cells)]
    inner = np.logical_and.reduce([cells[d].str[0].isin(list("pqrs")).to_numpy() for d in dimensions])
    assume((withheld & inner).sum() <= 3)
    small = withheld & (true > 0) & (true < threshold)
    seen = cells.assign(count=np.where(withheld, np.nan, true), small=small)
    most = int(counts.sum()) + threshold
    tables = fitting_tables(seen, counts.shape, nested, threshold, most)
    attack = disclosure_attack(seen, dimensions, threshold)
    ranges = possible_ranges(seen, dimensions, threshold)
    for cell in np.flatnonzero(withheld):
        possible = set(tables[:, cell].tolist())
        assert ranges.loc[cell, "least"] == min(possible)
        assert ranges.loc[cell, "most"] == max(possible) or (
            np.isinf(ranges.loc[cell, "most"]) and max(possible) >= most
        )
        runs = [range(1, threshold)] if small[cell] else [range(k, k + threshold) for k in range(max(possible))]
        assert attack.loc[cell, "safe"] == any(set(run) <= possible for run in runs)


def test_cells_that_contradict_each_other_are_refused():
    cells, dimensions = totalled(np.array([1, 2, 3]))
    seen = cells.assign(count=[np.nan, 5, 5, 6], small=False)
    with pytest.raises(ValueError) as refused:
        disclosure_attack(seen, dimensions, 3)
    assert str(refused.value).startswith("cells must be such that some whole table fits")


def test_a_threshold_below_one_is_refused():
    cells, dimensions = totalled(np.array([1, 2, 3]))
    with pytest.raises(ValueError) as refused:
        disclosure_attack(cells.assign(small=False), dimensions, 0)
    assert str(refused.value) == "threshold must be a whole number, 1 or more, got: 0"


def test_nothing_withheld_is_nothing_to_find():
    cells, dimensions = totalled(np.array([[1, 2], [3, 4]]))
    found = disclosure_attack(cells.assign(small=False), dimensions, 5)
    assert isinstance(found, pd.DataFrame)
    assert found.empty
