import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.planning.scenarios import (
    MORE_IN_ALL,
    SAME_IN_ALL,
    events_to_parity,
    experience_to_move,
    score_to_move,
)


def counts(bme=(40, 600), white=(180, 1_500), period="2025"):
    rows = [("Ash", period, "2", "BME", *bme), ("Ash", period, "2", "White", *white)]
    return pd.DataFrame(rows, columns=["organisation", "period", "indicator", "group", "numerator", "denominator"])


def test_more_appointments_if_shortlisted_bme_candidates_were_appointed_as_often():
    table = events_to_parity(counts(), "BME", "White").set_index("condition")
    free, fixed = table.loc[MORE_IN_ALL], table.loc[SAME_IN_ALL]
    assert free.more == pytest.approx(600 * 0.12 - 40)
    assert free.at_parity == pytest.approx(72)
    assert fixed.at_parity == pytest.approx(600 * 220 / 2_100)
    assert free.lower < free.more < free.upper
    assert free.direction_known
    assert fixed.lower == pytest.approx(free.lower * 1_500 / 2_100)


def test_fewer_disciplinaries_where_the_group_enters_more_often():
    row = events_to_parity(counts((30, 1_000), (45, 3_000)), "BME", "White").iloc[0]
    assert row.more == pytest.approx(-15)
    assert row.upper < 0


def test_small_numbers_do_not_know_the_direction():
    row = events_to_parity(counts((2, 30), (9, 90)), "BME", "White").iloc[0]
    assert not row.direction_known
    assert row.lower < 0 < row.upper


def test_half_the_gap_in_experience_in_points_and_people():
    row = experience_to_move(counts((300, 1_000), (1_200, 5_000)), "BME", "White").iloc[0]
    assert row.move == pytest.approx(-0.03)
    assert row.people == pytest.approx(-30)
    assert row.lower < row.move < row.upper
    whole = experience_to_move(counts((300, 1_000), (1_200, 5_000)), "BME", "White", part=1.0).iloc[0]
    assert whole.move == pytest.approx(2 * row.move)


def test_half_the_gap_in_a_score_with_and_without_variance():
    scores = pd.DataFrame(
        [
            ("Ash", "2024", "BME", 400, 6.0, 4.0),
            ("Ash", "2024", "White", 900, 6.8, 4.4),
            ("Elm", "2024", "BME", 50, 6.0, np.nan),
            ("Elm", "2024", "White", 90, 5.0, np.nan),
        ],
        columns=["organisation", "period", "group", "base", "mean", "variance"],
    )
    table = score_to_move(scores, "BME", "White").set_index("organisation")
    assert table["move"].tolist() == pytest.approx([0.4, -0.5])
    assert table.loc["Ash", "lower"] < 0.4 < table.loc["Ash", "upper"]
    assert table["direction_known"].tolist() == [True, False]
    assert np.isnan(table.loc["Elm", "lower"])


def test_refusals():
    with pytest.raises(ValueError, match="part must be above 0 and at most 1, got: 2"):
        experience_to_move(counts(), "BME", "White", part=2)
    with pytest.raises(ValueError, match="denominator must be above 0 in both groups, got: 0"):
        events_to_parity(counts((0, 0)), "BME", "White")
