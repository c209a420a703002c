"""What is withheld beside small numbers: enough that nobody works them out, in tables of one to four dimensions."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, Protection
from equity_metrics.measures.disclosure.protected_rows import withheld_together
from equity_metrics.measures.disclosure.release import primary_suppression, release
from measures.broken_down_examples import broken_down, seeded_breakdown
from measures.golden import golden_cases
from measures.released_attack import leaks

GOLDEN = {case["id"]: case for case in golden_cases("disclosure.json")}
SMALL = "a small number"


def released(rows):
    """Release all levels together; return the complete and the released rows in the same order."""
    tables = [table for _, table in rows.groupby("level", sort=False)]
    return pd.concat(tables, ignore_index=True), release(tables)


@pytest.mark.parametrize("seed", range(50))
def test_nobody_works_out_a_number_of_a_broken_down_table(seed):
    whole, shown = released(seeded_breakdown(seed))
    own = primary_suppression(whole.assign(table="counts"), DISCLOSURE_POLICY, "publish") != ""
    assert (shown.loc[own, "withheld"] != "").all()
    assert leaks(whole, shown).empty


def test_small_numbers_alone_are_worked_out():
    found = 0
    for seed in range(50):
        rows = seeded_breakdown(seed)
        small = rows["numerator"].between(1, 4)
        alone = rows.assign(withheld=np.where(small, "fewer than 5 staff of the group", ""), audience="publish")
        found += not leaks(rows, alone).empty
    assert found > 35


@settings(max_examples=20, deadline=None)
@given(
    arrays.arrays(
        np.int64,
        st.sampled_from([(4,), (3, 3), (2, 2, 3), (2, 2, 2, 2)]),
        elements=st.one_of(st.integers(0, 6), st.integers(0, 300)),
    )
)
def test_no_table_leaks(counts):
    whole, shown = released(broken_down(counts))
    assert leaks(whole, shown).empty


def test_less_than_half_of_a_table_goes_with_a_few_small_numbers():
    """Three small counts of 81 took every row with them when the rows were chosen one exchange at a time."""
    _, shown = released(seeded_breakdown(35))
    assert (shown["withheld"] != "").sum() < 40


def test_a_single_small_cell_takes_three_others_with_it():
    """Four counts in two rows and two columns can change together; it is not said which of them is small."""
    _, shown = released(broken_down(np.array([[2, 40, 50, 60], [60, 70, 80, 90], [65, 75, 85, 95]])))
    withheld = shown[shown["withheld"] != ""]
    assert len(withheld) == 4
    assert withheld["withheld"].nunique() == withheld["group"].nunique() - 1 == withheld["band"].nunique() - 1 == 1
    assert (shown.loc[shown["band"] == "All staff", "withheld"] == "").all()


def withheld_beside(counts, primary, reason, threshold):
    """Return which rows are withheld beside some that have a reason, at a threshold."""
    rows = broken_down(counts, grouping="White / BME")
    reasons = pd.Series(np.where(primary(rows), reason, ""), index=rows.index, dtype="str")
    policy = Protection("publish", "1", "numerator", "staff", threshold, SMALL, "", "a golden value's own threshold")
    found = withheld_together(rows.assign(table="counts"), reasons, (policy,))
    return rows[(found != "") & (reasons == "")]


def test_the_published_leak_is_closed_by_one_cell():
    case = GOLDEN["two_per_line"]
    groups = {f"group {k}": row for k, row in enumerate(case["rows"])}
    bands = dict(zip(["2", "3", "4", "5"], case["columns"], strict=True)) | {"All staff": "all"}
    added = withheld_beside(
        np.array(list(case["rows"].values())),
        lambda rows: (rows["group"].map(groups) + "|" + rows["band"].map(bands)).isin(case["withheld"]),
        "withheld by another rule",
        threshold=3,
    )
    assert len(added) == case["fewest_additional"]
    assert set(added["group"].map(groups) + "|" + added["band"].map(bands)) <= set(case["protects"])


@pytest.mark.parametrize(("threshold", "additional"), GOLDEN["singletons"]["additional"].items())
def test_a_row_with_two_ones(threshold, additional):
    counts = np.array(list(GOLDEN["singletons"]["counts"].values()))
    added = withheld_beside(counts, lambda rows: rows["numerator"] == 1, SMALL, int(threshold))
    assert len(added) == additional
