import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.pooling import pooled, pooled_proportions
from measures.counts_strategies import events_of
from measures.small_tables import drawn

COUNTS = """
    organisation | group      | numerator | denominator
    Alder        | White      | 400       | 4000
    Alder        | Asian      | 60        | 300
    Alder        | Black      | 30        | 100
    Alder        | Mixed      | 6         | 20
    Alder        | Other      | 2         | 30
    Alder        | Not stated | 50        | 60
    Beech        | White      | 40        | 400
    Beech        | Asian      | 30        | 100
"""


def test_recovers_what_groups_were_drawn_from():
    rng = np.random.default_rng(20250331)
    n = rng.integers(20, 400, 600)
    made = pooled(rng.binomial(n, rng.beta(8, 32, 600)), n)
    assert made.shared == pytest.approx(0.2, abs=0.01)
    assert made.weight == pytest.approx(40, rel=0.2)


def test_is_nearer_to_the_truth_and_its_limits_hold_it():
    rng = np.random.default_rng(20250401)
    n, truth = rng.integers(10, 60, 6000), rng.beta(8, 32, 6000)
    x = rng.binomial(n, truth)
    made = pooled(x, n)
    assert ((made.value - truth) ** 2).mean() < 0.6 * ((x / n - truth) ** 2).mean()
    assert 0.93 < ((made.lower <= truth) & (truth <= made.upper)).mean() < 0.97


def test_no_other_mean_and_weight_are_likelier():
    x, n = np.array([40, 12, 9, 3, 1]), np.array([400, 60, 30, 20, 30])
    made = pooled(x, n)

    def likelihood(mean, weight):
        return betabinom.logpmf(x, n, weight * mean, weight * (1 - mean)).sum()

    best = likelihood(made.shared, made.weight)
    grid = [likelihood(m, w) for m in np.linspace(0.02, 0.6, 60) for w in np.geomspace(0.2, 1e5, 60)]
    assert best >= max(grid) - 1e-9


def test_groups_that_do_not_differ_are_given_what_they_share():
    made = pooled([100, 10, 1], [1000, 100, 10])
    assert made.weight > 1000
    np.testing.assert_allclose(made.value, 0.1, rtol=5e-3)


def test_table_leaves_out_the_unknown_and_withholds_what_is_withheld():
    table = pooled_proportions(release(drawn(COUNTS, indicator="3"))).set_index(["organisation", "group"])
    assert "Not stated" not in table.index.get_level_values("group")
    hidden = table.loc[("Alder", "Other")]
    assert hidden["withheld"] != ""
    assert hidden[["raw", "value", "lower", "upper", "shared", "weight"]].isna().all()
    assert hidden["words"] == ""
    alder = table.loc["Alder"].drop("Other")
    made = pooled(alder["numerator"].to_numpy(), alder["denominator"].to_numpy())
    np.testing.assert_allclose(alder[["value", "lower", "upper"]].T, made[:3])
    assert table.loc["Beech", ["value", "lower"]].isna().all(axis=None)
    assert table.loc[("Beech", "Asian"), "raw"] == 0.3


def test_words_give_both_figures():
    table = pooled_proportions(drawn(COUNTS, indicator="3")).set_index(["organisation", "group"])
    mixed = table.loc[("Alder", "Mixed")]
    own = 20 / (20 + mixed["weight"])
    assert mixed["words"] == (
        f"30.0 % in this group alone. With what the groups share counted too it is "
        f"{100 * mixed['value']:.1f} %, of which {100 * own:.0f} % is this group's own figure."
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(events_of(st.integers(1, 500)), min_size=3, max_size=8))
def test_a_shrunken_value_lies_between_its_own_and_the_shared_one(groups):
    x, n = np.array(groups, dtype=float).T
    made = pooled(x, n)
    if x.sum() in (0, n.sum()):
        assert np.isnan(made.value).all()
        return
    low, high = np.minimum(x / n, made.shared), np.maximum(x / n, made.shared)
    assert (made.value >= low - 1e-9).all()
    assert (made.value <= high + 1e-9).all()
    assert (made.lower <= made.upper).all()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: pooled([5], [4]), "x must be between 0 and n, got: 5 of 4"),
        (
            lambda: pooled_proportions(drawn(COUNTS, indicator="1")),
            "counts must be of rates, got: indicators 1 or 9, which are shares",
        ),
    ],
)
def test_refuses_in_one_sentence(make, sentence):
    with pytest.raises(ValueError) as refused:
        make()
    assert str(refused.value) == sentence
