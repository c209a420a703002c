"""A second dimension beside ethnicity is part of a cell's name, from records to comparisons."""

import numpy as np
import pandas as pd
import pytest

from equity_metrics.catalogue.ethnic_groups import WHITE_BME
from equity_metrics.catalogue.keys import INTERSECTIONS
from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.pooling import pooled_proportions
from equity_metrics.measures.proportions import proportions
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.counts import check_counts
from equity_metrics.sources.records.count_records import count_records
from equity_metrics.sources.samples import sample
from measures.small_tables import drawn

CASES = """
    gender | group | numerator | denominator
    Female | White | 20        | 2000
    Female | BME   | 30        | 1000
    Male   | White | 30        | 1000
    Male   | BME   | 15        | 500
"""


@pytest.fixture(scope="module")
def records():
    return pd.read_csv(sample("staff_synthetic.csv"), dtype=str)


def cases(dimension="gender"):
    return drawn(CASES, indicator="3").rename(columns={"gender": dimension})


@pytest.mark.parametrize("dimension", INTERSECTIONS)
def test_each_part_is_compared_with_its_own_reference(dimension):
    counts = check_counts(cases(dimension))
    compared = relative_likelihoods(release(counts, together=False), reference="White").set_index(dimension)
    assert compared["value"].to_dict() == {"Female": pytest.approx(3.0), "Male": pytest.approx(1.0)}


def test_adding_groups_places_or_pooling_keeps_the_parts_apart():
    counts = pd.concat([cases(), cases().assign(organisation="Birch")], ignore_index=True)
    england = roll_up(counts, "England").set_index(["gender", "group"])
    assert england.loc[("Female", "BME"), "numerator"] == 60
    assert england.loc[("Male", "BME"), "denominator"] == 1000
    assert len(proportions(counts)) == len(pooled_proportions(counts)) == 8


@pytest.mark.parametrize("dimension", ["gender", "age_band", "international_recruit"])
def test_records_are_counted_by_it_and_nobody_is_lost(records, dimension):
    parts = roll_up(count_records(records, "staff", by=(dimension,)), WHITE_BME)
    whole = roll_up(count_records(records, "staff"), WHITE_BME).set_index(["band", "group"])
    assert len(set(parts[dimension])) > 1
    together = parts.groupby(["band", "group"])["numerator"].sum()
    np.testing.assert_array_equal(together[whole.index], whole["numerator"])
    assert parts.loc[parts["band"] == "All staff", "numerator"].sum() == 4000


def test_a_cell_that_stands_twice_is_still_refused():
    with pytest.raises(ValueError, match="gender 'Female'"):
        check_counts(pd.concat([cases(), cases().head(1)], ignore_index=True))
