import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from equity_metrics.measures.disclosure.disclosure_attack import disclosure_attack
from equity_metrics.measures.disclosure.secondary_suppression import SECONDARY, secondary_suppression
from measures.golden import golden_cases
from measures.linked_examples import SMALL, as_seen, seeded, small_reasons, totalled

GOLDEN = {case["id"]: case for case in golden_cases("disclosure.json")}


def protected(cells, dimensions, threshold):
    return secondary_suppression(cells, small_reasons(cells, threshold), threshold, dimensions)


def leaks(cells, reasons, threshold, dimensions):
    """Count the cells that the attack finds when it sees only what is released."""
    return int((~disclosure_attack(as_seen(cells, reasons, threshold), dimensions, threshold)["safe"]).sum())


@pytest.mark.parametrize("seed", range(50))
def test_the_attack_finds_nothing(seed):
    cells, dimensions, threshold = seeded(seed)
    reasons = protected(cells, dimensions, threshold)
    small = small_reasons(cells, threshold) != ""
    assert set(reasons) <= {"", SMALL, SECONDARY}
    assert (reasons[small] != "").all()
    assert (reasons[~small] != SMALL).all()
    assert leaks(cells, reasons, threshold, dimensions) == 0


def test_without_the_further_cells_the_attack_finds_something():
    found = [seeded(seed) for seed in range(50)]
    assert sum(leaks(c, small_reasons(c, t), t, d) > 0 for c, d, t in found) > 40


@settings(max_examples=25, deadline=None)
@given(
    arrays.arrays(
        np.int64,
        st.sampled_from([(4,), (3, 3), (2, 2, 3), (2, 2, 2, 2)]),
        elements=st.one_of(st.integers(0, 6), st.integers(0, 300)),
    ),
    st.integers(2, 10),
    st.booleans(),
)
def test_no_table_leaks(counts, threshold, nested):
    cells, dimensions = totalled(counts, nested and counts.shape[0] > 2)
    reasons = protected(cells, dimensions, threshold)
    assert leaks(cells, reasons, threshold, dimensions) == 0


def test_nothing_small_is_nothing_withheld():
    cells, dimensions = totalled(np.array([[20, 0], [30, 10]]))
    assert (protected(cells, dimensions, 10) == "").all()


def test_a_single_small_cell_takes_six_others_with_it():
    # Three would leave it 1 to 4, and with it four counts to each of them: one too few.
    cells, dimensions = totalled(np.array([[2, 40, 50, 60], [60, 70, 80, 90], [65, 75, 85, 95]]))
    reasons = protected(cells, dimensions, 5)
    assert (reasons == SMALL).sum() == 1
    assert (reasons == SECONDARY).sum() == 6
    assert not (reasons[(cells == "All").any(axis=1)] != "").any()


def test_the_published_leak_is_closed_by_one_cell():
    case = GOLDEN["two_per_line"]
    cells, dimensions = totalled(np.array(list(case["rows"].values())))
    names = {f"p{k}": row for k, row in enumerate(case["rows"])} | {f"q{k}": c for k, c in enumerate(case["columns"])}
    name = cells["d0"].replace(names) + "|" + cells["d1"].replace(names)
    primary = pd.Series("withheld by another rule", index=cells.index).where(name.isin(case["withheld"]), "")
    reasons = secondary_suppression(cells, primary, 3, dimensions)
    added = name[reasons == SECONDARY].tolist()
    assert len(added) == case["fewest_additional"]
    assert set(added) <= set(case["protects"])
    assert leaks(cells, reasons, 3, dimensions) == 0


@pytest.mark.parametrize(("threshold", "additional"), GOLDEN["singletons"]["additional"].items())
def test_a_row_with_two_ones(threshold, additional):
    counts = GOLDEN["singletons"]["counts"]
    cells = pd.DataFrame({"place": [*counts, "All"], "count": [*counts.values(), sum(counts.values())]})
    dimensions = {"place": [("All", list(counts))]}
    primary = pd.Series(SMALL, index=cells.index).where(cells["place"].isin(GOLDEN["singletons"]["primary"]), "")
    reasons = secondary_suppression(cells, primary, int(threshold), dimensions)
    assert (reasons == SECONDARY).sum() == additional


def test_a_small_total_is_not_said_to_be_small_where_its_parts_are():
    # Each part can be 1 to 4 only if the total may be 2 to 8: more than a small total can be.
    cells, dimensions = totalled(np.array([[1, 90], [2, 80], [60, 70]]), nested=False)
    dimensions = {**dimensions, "d0": [("All", ["left", "p2"]), ("left", ["p0", "p1"])]}
    left = cells[cells["d0"].isin(["p0", "p1"])].groupby("d1", as_index=False)["count"].sum().assign(d0="left")
    cells = pd.concat([cells, left], ignore_index=True)
    reasons = protected(cells, dimensions, 5)
    small = cells["count"].between(1, 4)
    assert small.sum() == 3
    assert (reasons[small & (cells["d0"] != "left")] == SMALL).all()
    assert (reasons[small & (cells["d0"] == "left")] == SECONDARY).all()
    assert leaks(cells, reasons, 5, dimensions) == 0


def test_cells_of_one_label_are_withheld_together():
    cells, dimensions = totalled(np.array([[2, 40, 50], [60, 70, 80]]))
    together = cells["d1"].where(cells["d1"] == "q1", [f"cell {k}" for k in cells.index])
    reasons = secondary_suppression(cells, small_reasons(cells, 5), 5, dimensions, together)
    column = reasons[cells["d1"] == "q1"] != ""
    assert column.all() or not column.any()
    assert leaks(cells, reasons, 5, dimensions) == 0


def test_every_cell_may_have_its_own_threshold():
    cells, dimensions = totalled(np.array([[2, 40], [7, 80]]))
    threshold = pd.Series(5, index=cells.index).where(cells["d0"] == "p0", 10)
    primary = pd.Series(SMALL, index=cells.index).where(cells["count"].between(1, threshold - 1), "")
    reasons = secondary_suppression(cells, primary, threshold, dimensions)
    assert (reasons == SMALL).sum() == 2
    assert leaks(cells, reasons, threshold, dimensions) == 0


def test_what_the_source_left_out_protects_others_and_is_promised_nothing():
    cells, dimensions = totalled(np.array([[2, 40, 50], [60, 70, 80]]))
    gone = (cells["d1"] == "q2") & (cells["d0"] != "All")
    primary = small_reasons(cells, 5).mask(gone, "left out by the source")
    reasons = secondary_suppression(cells.assign(count=cells["count"].mask(gone)), primary, 5, dimensions)
    assert (reasons[gone] == "left out by the source").all()
    assert (reasons == SECONDARY).sum() < (protected(cells, dimensions, 5) == SECONDARY).sum()
    assert leaks(cells, reasons.mask(gone, SECONDARY), pd.Series(5, index=cells.index).mask(gone, 1), dimensions) == 0
    with pytest.raises(ValueError) as refused:
        secondary_suppression(cells.assign(count=cells["count"].mask(gone)), small_reasons(cells, 5), 5, dimensions)
    assert str(refused.value) == "primary must give a reason for every missing count, got: none for 2 of them"
