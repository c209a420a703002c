import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.ranks import rank_limits, ranks
from equity_metrics.measures.intervals.intervals import wilson
from measures.small_tables import drawn

COUNTS = """
    organisation | region | group | numerator | denominator
    Alder        | North  | BME   | 300       | 1000
    Beech        | North  | BME   | 100       | 1000
    Cedar        | North  | BME   | 110       | 1000
    Dogwood      | South  | BME   | 600       | 1000
    Elder        | South  | BME   | 0         | 1
"""


def counts(text=COUNTS, **columns):
    return drawn(text, **{"indicator": "3", **columns})


def told(ranked):
    return ranked.set_index("organisation")[["rank", "rank_lower", "rank_upper"]].agg(list, axis=1).to_dict()


def test_places_that_cannot_be_told_apart_share_their_interval():
    # One person tells nothing: Elder may be at any rank, and everyone's interval allows for that.
    ranked = ranks(counts())
    expected = {
        "Alder": [4, 3, 4],
        "Beech": [2, 1, 3],
        "Cedar": [3, 1, 3],
        "Dogwood": [5, 4, 5],
        "Elder": [1, 1, 5],
    }
    assert told(ranked) == expected
    assert ranked["organisation"].tolist() == counts()["organisation"].tolist()
    assert set(ranked["ranked"]) == {5}


def test_ranks_among_peers_only():
    ranked = ranks(counts(), peers="region")
    assert told(ranked)["Dogwood"] == [2, 1, 2]
    assert told(ranked)["Alder"] == [3, 3, 3]
    assert ranked.set_index("organisation")["ranked"].to_dict() == dict.fromkeys(["Alder", "Beech", "Cedar"], 3) | {
        "Dogwood": 2,
        "Elder": 2,
    }


def test_each_group_is_ranked_by_itself():
    both = pd.concat([counts(), counts().assign(group="White", numerator=1.0)], ignore_index=True)
    assert told(ranks(both)[lambda t: t["group"] == "BME"]) == told(ranks(counts()))


def test_equal_values_share_a_rank():
    ranked = ranks(counts(COUNTS.replace("110 ", "100 ")))
    assert told(ranked)["Beech"] == told(ranked)["Cedar"] == [2, 1, 3]


def test_a_withheld_value_has_no_rank_and_takes_nobody_elses():
    shown = counts()[lambda t: t["organisation"] != "Elder"]
    ranked = ranks(release(counts(COUNTS.replace("0         | 1", "2         | 1000"))))
    elder = ranked.set_index("organisation").loc["Elder"]
    assert elder["withheld"] != ""
    assert elder[["value", "rank", "rank_lower", "rank_upper"]].isna().all()
    assert told(ranked.iloc[:4]) == told(ranks(shown))
    assert ranked["ranked"].tolist()[:4] == [4] * 4


def test_a_place_without_people_has_no_rank():
    ranked = ranks(counts(COUNTS.replace("0         | 1", "0         | 0"))).set_index("organisation")
    assert pd.isna(ranked.loc["Elder", "rank"])
    assert ranked.loc["Alder", "ranked"] == 4


def test_a_single_place_is_first_of_one():
    assert told(ranks(counts().head(1))) == {"Alder": [1, 1, 1]}


@pytest.mark.parametrize("compare", [gaps, relative_likelihoods])
def test_comparisons_are_ranked_by_their_own_intervals(compare):
    white = counts().assign(group="White", numerator=200.0, denominator=2000.0)
    both = pd.concat([counts(), white], ignore_index=True)
    ranked = ranks(compare(both, "White"))
    assert ranked.set_index("organisation").loc["Dogwood", ["rank", "rank_lower", "rank_upper"]].tolist() == [5, 4, 5]
    assert ranked.set_index("organisation").loc["Beech", ["rank", "rank_lower", "rank_upper"]].tolist() == [2, 1, 3]


def test_an_infinite_ratio_ranks_last():
    white = counts().assign(group="White", numerator=200.0, denominator=2000.0)
    white.loc[white["organisation"] == "Alder", "numerator"] = 0
    compared = relative_likelihoods(pd.concat([counts(), white], ignore_index=True), "White")
    assert ranks(compared).set_index("organisation").loc["Alder", "rank"] == 5


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(400, 5_000)), min_size=1, max_size=12))
def test_limits_are_what_their_definition_says_and_hold_the_rank(places):
    x, n = np.array(places, float).T
    lower, upper = wilson(x, n, 0.95 ** (1 / len(n)))
    rank_lower, rank_upper = rank_limits(lower, upper)
    for i in range(len(n)):
        assert rank_lower[i] == 1 + sum(upper[j] < lower[i] for j in range(len(n)))
        assert rank_upper[i] == len(n) - sum(lower[j] > upper[i] for j in range(len(n)))
    rank = pd.Series(x / n).rank(method="min").to_numpy()
    assert (rank_lower <= rank).all()
    assert (rank <= rank_upper).all()


@pytest.mark.parametrize("spread", [0.0, 0.02])
def test_all_true_ranks_lie_in_their_intervals_as_often_as_claimed(spread):
    rng = np.random.default_rng(20250331)
    truth, n = 0.15 + spread * np.arange(8), np.full(8, 600)
    least = 1 + (truth[:, None] > truth).sum(axis=1)
    most = 8 - (truth[:, None] < truth).sum(axis=1)
    held = []
    for x in rng.binomial(n, truth, (1_000, 8)):
        rank_lower, rank_upper = rank_limits(*wilson(x, n, 0.95 ** (1 / 8)))
        held.append(((rank_lower <= least) & (most <= rank_upper)).all())
    assert np.mean(held) >= 0.95


def test_uses_intervals_that_hold_together():
    # At 95 % each, the two intervals do not overlap; together they do, so neither rank is sure.
    text = "organisation|group|numerator|denominator\nAlder|BME|100|1000\nBeech|BME|145|1000"
    apart = wilson([100, 145], 1000)
    assert apart[1][0] < apart[0][1]
    assert told(ranks(counts(text))) == {"Alder": [1, 1, 2], "Beech": [2, 1, 2]}


@pytest.mark.parametrize(
    ("table", "peers", "sentence"),
    [
        (counts(indicator="9", band="All members"), None, "table must be of rates, got: indicator 9, a share"),
        (counts(), "system", "peers must be a column of the table, got: 'system'"),
        (counts(COUNTS.replace("South", "")), "region", "region must be given for every place, got: none for Dogwood"),
        (
            counts().assign(measure="difference of means"),
            None,
            "table must hold one measure of counts, gap or relative likelihood, got: difference of means",
        ),
        (
            counts().assign(measure="gap"),
            None,
            "table must hold one measure of counts, gap or relative likelihood, got: a gap without counts",
        ),
        (
            pd.concat([counts(), counts()]),
            None,
            "rows must each stand once, got twice: Alder, 2025, 3, BME",
        ),
    ],
)
def test_refuses_in_one_sentence(table, peers, sentence):
    with pytest.raises(ValueError) as refused:
        ranks(table, peers)
    assert str(refused.value) == sentence
