import numpy as np
import pandas as pd
import pytest

from equity_metrics.measures.disclosure.linked_tables import blocks, check_sums, linear_constraints
from measures.linked_examples import totalled

CELLS = pd.DataFrame(
    {
        "group": ["All", "White", "BME", "Asian", "Black"] * 2,
        "band": ["5"] * 5 + ["6"] * 5,
        "count": [10, 6, 4, 3, 1, 7, 5, 2, 2, 0],
    }
)
SUMS = {"group": [("All", ["White", "BME"]), ("BME", ["Asian", "Black"])], "band": []}


def refused(cells, dimensions=SUMS):
    with pytest.raises(ValueError) as sentence:
        check_sums(cells, dimensions)
    return str(sentence.value)


def test_every_total_is_an_equation():
    constraints = linear_constraints(CELLS, SUMS)
    assert constraints.shape == (4, 10)
    assert constraints.toarray()[0].tolist() == [1, -1, -1, 0, 0, 0, 0, 0, 0, 0]
    assert constraints.toarray()[2].tolist() == [0, 0, 1, -1, -1, 0, 0, 0, 0, 0]
    assert not (constraints @ CELLS["count"]).any()


@pytest.mark.parametrize("shape", [(4,), (3, 2), (2, 3, 2), (2, 2, 2, 2)])
def test_counts_that_were_added_up_fit(shape):
    cells, dimensions = totalled(np.random.default_rng(1).integers(0, 9, shape), nested=shape[0] > 3)
    constraints = check_sums(cells, dimensions)
    others = [len(cells) // cells[d].nunique() for d in dimensions]
    assert constraints.shape[0] == sum(n * len(s) for n, s in zip(others, dimensions.values(), strict=True))


def test_a_part_without_a_row_counts_nobody():
    assert check_sums(CELLS.drop(9), SUMS).shape == (4, 9)
    assert refused(CELLS.drop(3)) == "every total must be the sum of its parts, got: 4, not 1, for BME, 5"


def test_a_total_without_any_part_is_not_broken_down():
    assert check_sums(CELLS.drop([8, 9]), SUMS).shape == (3, 8)


def test_a_missing_count_is_not_added():
    assert check_sums(CELLS.assign(count=CELLS["count"].where(CELLS["group"] != "BME")), SUMS).shape == (4, 10)


def test_a_total_may_have_several_sums():
    cells = pd.DataFrame({"place": ["All", "band 5", "band 6", "north", "south"], "count": [9, 4, 5, 2, 7]})
    sums = {"place": [("All", ["band 5", "band 6"]), ("All", ["north", "south"])]}
    assert check_sums(cells, sums).toarray().tolist() == [[1, -1, -1, 0, 0], [1, 0, 0, -1, -1]]


def test_what_is_no_linked_table_is_refused():
    assert refused(CELLS, {"ward": []}) == "cells must have a column for every dimension, got: no column ward"
    assert refused(CELLS, {}) == "cells must have a column for every dimension, got: no dimension"
    assert refused(CELLS.assign(band="5")) == "cells must each be there once, got: All, 5 twice"
    assert refused(CELLS, {**SUMS, "group": [("All", ["All", "BME"])]}).endswith("not the total, got: All")
    assert refused(CELLS.drop(columns="count")) == "cells must have the column count, got: group, band"
    assert refused(CELLS.assign(count=-1)) == "count must be a whole number, 0 or more, in every cell, got: -1"
    assert refused(CELLS.assign(count=0.5)).endswith("got: 0.5")


def test_cells_that_share_no_equation_fall_into_blocks():
    found = blocks(linear_constraints(CELLS, SUMS))
    assert [block.tolist() for block in found] == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
