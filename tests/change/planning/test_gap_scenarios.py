import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.planning.gap_scenarios import AS_RESPONDENTS, NOBODY, gap_scenarios
from equity_metrics.change.planning.scenarios import MORE_IN_ALL, SAME_IN_ALL, events_to_parity, experience_to_move
from equity_metrics.measures.disclosure.release import release

COUNTS = {
    ("Ash", "2"): {"White": (180, 1_500), "BME": (40, 600), "Not known": (3, 20)},
    ("Elm", "2"): {"White": (90, 700), "BME": (3, 60)},
    ("Oak", "2"): {"White": (2, 700), "BME": (30, 60)},
    ("Yew", "2"): {"White": (90, 700), "BME": (0, 0)},
    ("Ash", "8"): {"White": (80, 1_000), "BME": (60, 400)},
}


@pytest.fixture(scope="module")
def counts():
    rows = [(place, i, group, *pair) for (place, i), groups in COUNTS.items() for group, pair in groups.items()]
    table = pd.DataFrame(rows, columns=["organisation", "indicator", "group", "numerator", "denominator"])
    return table.assign(period="2025", grouping="White / BME", level="organisation", source="Synthetic")


@pytest.fixture(scope="module")
def released(counts):
    return release(counts)


def one(table, place, condition=MORE_IN_ALL):
    return table[(table["organisation"] == place) & (table["condition"] == condition)].iloc[0]


@pytest.mark.parametrize("condition", [MORE_IN_ALL, SAME_IN_ALL])
def test_all_places_at_once_are_what_each_is_alone(counts, released, condition):
    ours = one(gap_scenarios(released, "2", "White"), "Ash", condition)
    own = counts[(counts["organisation"] == "Ash") & (counts["indicator"] == "2")]
    alone = events_to_parity(own, "BME", "White").set_index("condition").loc[condition]
    assert [ours.people, ours.lower, ours.upper] == pytest.approx([alone.more, alone.lower, alone.upper])
    assert ours.move == pytest.approx(alone.more / 600)
    assert ours.direction_known


@pytest.mark.parametrize("part", [0.25, 0.5, 1.0])
def test_survey_answers_move_by_part_of_the_gap(counts, released, part):
    ours = one(gap_scenarios(released, "8", "White", part=part), "Ash", AS_RESPONDENTS)
    alone = experience_to_move(counts[counts["indicator"] == "8"], "BME", "White", part=part).iloc[0]
    assert [ours.move, ours.move_lower, ours.move_upper] == pytest.approx([alone.move, alone.lower, alone.upper])
    assert [ours.people, ours.upper] == pytest.approx([alone.people, 400 * alone.upper])
    assert ours.move == pytest.approx(part * -0.07)


def test_what_rests_on_a_withheld_number_stays_withheld_and_says_whose(released):
    table = gap_scenarios(released, "2", "White")
    why = released.set_index(["organisation", "group"])["withheld"]
    reasons = {"Elm": f"BME: {why['Elm', 'BME']}", "Oak": f"White: {why['Oak', 'White']}", "Yew": NOBODY}
    for place, reason in reasons.items():
        row = one(table, place)
        assert row.withheld == reason
        assert np.isnan([row.people, row.lower, row.upper, row.move]).all()
        assert not row.direction_known
    assert np.isnan(one(table, "Elm").numerator)


def test_unknown_ethnicity_is_no_group_to_act_for(released):
    assert set(gap_scenarios(released, "2", "White")["group"]) == {"BME"}


def test_nothing_to_show_is_a_table_that_says_so(released):
    hidden = gap_scenarios(released[released["organisation"] == "Elm"], "2", "White")
    assert hidden["withheld"].str.startswith("BME: ").tolist() == [True, True]
    assert hidden["condition"].tolist() == [MORE_IN_ALL, SAME_IN_ALL]
    assert hidden["people"].isna().all()


def test_refusals(counts, released):
    with pytest.raises(ValueError, match="reference must be a group with indicator 2, got: Asian"):
        gap_scenarios(released, "2", "Asian")
    with pytest.raises(ValueError, match="released must be a table that release"):
        gap_scenarios(counts, "2", "White")
