"""Nobody who knows that they are alone in a cell works out another small number."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from equity_metrics.measures.disclosure import complements, secondary_suppression
from equity_metrics.measures.disclosure.linked_tables import linear_constraints
from equity_metrics.measures.disclosure.possible_tables import attackers_knowledge
from equity_metrics.measures.disclosure.protected_rows import EITHER
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.disclosure.singletons import people_alone, small_to_keep, told_to_one
from measures.broken_down_examples import broken_down, seeded_breakdown
from measures.linked_examples import TOTAL, fitting_tables, totalled
from measures.release_examples import seeded_tables
from measures.released_attack import leaks
from measures.singleton_attack import told_to_one as worked_out
from measures.small_tables import drawn

SQUARE = np.array([[1, 4, 40, 45], [3, 2, 50, 35], [60, 70, 80, 90], [65, 75, 85, 95]])
"""Of the four small counts each row and column has two: 1 + 4 = 5, 3 + 2 = 5, 1 + 3 = 4, 4 + 2 = 6.

Whoever does not know more has 0 to 4 in place of the 1, and so five counts for each of the others. Whoever is the 1
subtracts: 4, 3, and 2.
"""


def released(rows):
    tables = [table for _, table in rows.groupby(["level", "indicator", "grouping"], sort=False)]
    return pd.concat(tables, ignore_index=True), release(tables)


def from_everybody_only(monkeypatch):
    """Leave out what protects from somebody who is alone in a cell."""
    nothing = np.zeros(0, dtype=np.int64)
    monkeypatch.setattr(
        secondary_suppression, "told_to_one", lambda _known, _person, _small, tables: (nothing, nothing, tables[:0])
    )
    monkeypatch.setattr(complements, "people_alone", lambda _, counts: np.full(len(counts), -1))


def test_whoever_is_the_one_of_a_square_of_small_counts_works_out_the_others():
    rows = broken_down(SQUARE)
    small = rows["numerator"].between(1, 4)
    seen = rows.assign(withheld=np.where(small, EITHER, ""), audience="publish")
    assert leaks(rows, seen).empty
    told = worked_out(rows, seen)
    assert len(told) == 3


def test_one_more_exchange_is_withheld_so_that_the_one_cannot_tell():
    whole, shown = released(broken_down(SQUARE))
    assert (shown.loc[whole["numerator"].between(1, 4), "withheld"] != "").all()
    assert worked_out(whole, shown).empty
    assert leaks(whole, shown).empty


def test_without_that_the_same_table_is_open(monkeypatch):
    from_everybody_only(monkeypatch)
    whole, shown = released(broken_down(SQUARE))
    assert len(worked_out(whole, shown)) == 3


@pytest.mark.parametrize("seed", range(25))
def test_nobody_alone_in_a_cell_works_out_another_of_a_broken_down_table(seed):
    whole, shown = released(seeded_breakdown(seed))
    assert worked_out(whole, shown).empty


@pytest.mark.parametrize("seed", range(12))
def test_nobody_alone_in_a_cell_works_out_another_of_an_organisation(seed):
    tables = seeded_tables(seed)
    assert worked_out(pd.concat(tables, ignore_index=True), release(tables)).empty


def test_protecting_from_everybody_is_not_enough(monkeypatch):
    from_everybody_only(monkeypatch)
    found = 0
    for seed in range(20):
        whole, shown = released(seeded_breakdown(seed))
        found += not worked_out(whole, shown).empty
    assert found >= 5


@settings(max_examples=20, deadline=None)
@given(
    arrays.arrays(
        np.int64,
        st.sampled_from([(4,), (3, 3), (2, 2, 3), (4, 4)]),
        elements=st.one_of(st.just(1), st.integers(0, 6), st.integers(0, 300)),
    )
)
def test_no_table_tells_one_person_about_another(counts):
    whole, shown = released(broken_down(counts))
    assert worked_out(whole, shown).empty


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([(3,), (2, 2), (2, 3), (3, 2), (2, 2, 2)]).flatmap(
        lambda shape: st.tuples(
            arrays.arrays(np.int64, shape, elements=st.integers(0, 3)),
            arrays.arrays(np.bool_, 40, elements=st.booleans()),
        )
    ),
    st.integers(3, 5),
    st.booleans(),
)
def test_finds_what_counting_every_table_finds(drawn_counts, threshold, said):
    counts, chosen = drawn_counts
    cells, dimensions = totalled(counts)
    true = cells["count"].to_numpy()
    withheld = chosen[: len(cells)]
    leaves = (cells[list(dimensions)] != TOTAL).all(axis=1).to_numpy()
    assume(withheld.any() and (withheld & leaves).sum() <= 3)
    small = withheld & (true > 0) & (true < threshold) & said
    seen = cells.assign(count=np.where(withheld, np.nan, true), small=small)
    tables = fitting_tables(seen, counts.shape, False, threshold, int(counts.sum()) + 2)
    constraints = linear_constraints(cells, dimensions)
    thresholds = np.full(len(cells), threshold)
    known = attackers_knowledge(constraints, seen["count"].to_numpy(), withheld, small, thresholds)
    person, kept = people_alone(constraints, true)[withheld], small_to_keep(true, thresholds)[withheld]
    who, cell, _ = told_to_one(known, person, kept, true[None, withheld])
    found, expected = set(zip(who.tolist(), np.flatnonzero(withheld)[cell].tolist(), strict=True)), set()
    for alone in set(person.tolist()) - {-1}:
        mine = np.flatnonzero(withheld)[person == alone]
        fitting = tables[(tables[:, mine] == 1).all(axis=1)]
        for other in np.setdiff1d(np.flatnonzero(withheld)[kept], mine):
            next_to_it = [true[other] - 1, true[other] + 1]
            # What everybody knows is not told by being alone.
            if not np.isin(tables[:, other], next_to_it).any():
                found.discard((alone, other))
            elif not np.isin(fitting[:, other], next_to_it).any():
                expected.add((alone, other))
    assert found == expected


def test_a_total_of_one_and_its_part_are_the_same_person():
    cells, dimensions = totalled(np.array([[1, 0], [0, 2], [1, 3]]))
    person = people_alone(linear_constraints(cells, dimensions), cells["count"].to_numpy())
    name = cells["d0"] + cells["d1"]
    assert (person >= 0).tolist() == (cells["count"] == 1).tolist()
    assert set(name[person == person[name == "p0q0"]]) == {"p0q0", "p0All"}
    assert set(name[person == person[name == "p2q0"]]) == {"p2q0"}


PLACES = """
    organisation | system | level        | numerator | denominator
    Alder        | North  | organisation | 1         | 60
    Birch        | North  | organisation | 4         | 80
    Cedar        | North  | organisation | 30        | 350
    North        |        | system       | 35        | 490
"""


def test_the_one_of_one_organisation_does_not_work_out_the_number_of_another(monkeypatch):
    """Of 35 − 30 = 5 each may be 1 to 4 to everybody; whoever is the 1 subtracts once more."""
    rows = drawn(PLACES, indicator="3", group="BME", region="", directorate="", ward="")
    _, shown = released(rows)
    withheld = shown.set_index("organisation")["withheld"] != ""
    assert withheld[["Alder", "Birch"]].all()
    assert withheld.sum() == 3
    from_everybody_only(monkeypatch)
    assert (released(rows)[1]["withheld"] != "").sum() == 2
