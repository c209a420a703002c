"""A place that improved is found and named to those who can ask it; luck alone lists few."""

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.action_plans.action_progress import CANNOT_TELL, PROGRESS
from equity_metrics.change.action_plans.places_to_learn_from import IMPROVED_COLUMNS, places_to_learn_from
from equity_metrics.change.action_plans.teachers import teachers
from equity_metrics.measures.disclosure.release import release

YEARS = [str(year) for year in range(2016, 2026)]


def counts(
    seed: int, places: int = 20, *, indicator: str = "2", late: dict[str, float] | None = None, base: float = 0.12
) -> pd.DataFrame:
    """Return counts in which BME rates lie at ``base`` and White rates at 0.2; ``late`` moves a place in 2025."""
    random = np.random.default_rng(seed)
    names = [f"Place {number:02d}" for number in range(places)]
    index = pd.MultiIndex.from_product([names, YEARS, ["BME", "White"]], names=["organisation", "period", "group"])
    rows = index.to_frame(index=False)
    rate = np.where(rows["group"] == "BME", base, 0.2)
    moved = rows["organisation"].map(late or {}).astype(float)
    rate = np.where((rows["group"] == "BME") & (rows["period"] == "2025") & moved.notna(), moved, rate)
    return rows.assign(
        numerator=random.binomial(4000, rate).astype(float),
        denominator=4000.0,
        indicator=indicator,
        grouping="White / BME",
        level="organisation",
        source="Synthetic",
    )


@pytest.mark.parametrize("table", [lambda rows: rows, release], ids=["complete", "released"])
@pytest.mark.parametrize(("indicator", "base", "worse"), [("2", 0.12, 0.06), ("3", 0.3, 0.4), ("6", 0.3, 0.4)])
def test_a_place_that_came_closer_to_parity_is_listed_and_one_that_moved_away_is_not(table, indicator, base, worse):
    rows = counts(1, indicator=indicator, base=base, late={"Place 03": 0.2, "Place 07": worse})
    found = places_to_learn_from(table(rows))
    assert found[["organisation", "indicator", "period"]].to_numpy().tolist() == [["Place 03", indicator, "2025"]]
    assert found["charts"].tolist() == [20]
    own = rows[(rows["organisation"] == "Place 03") & (rows["period"] == "2025")].set_index("group")["numerator"]
    expected = (own["BME"] - own["White"]) / 4000 if indicator == "6" else own["BME"] / own["White"]
    assert found["value"].iloc[0] == pytest.approx(expected)


def test_among_stable_places_any_is_listed_at_most_about_as_often_as_said():
    listed = [len(places_to_learn_from(counts(seed, places=8), chance=0.2)) > 0 for seed in range(40)]
    # Only improvements in two of ten years can be listed, so far fewer than one page in five.
    assert sum(listed) <= 8


def test_a_year_without_any_event_in_one_group_is_left_out_of_the_chart():
    rows = counts(1, late={"Place 03": 0.2})
    for year, group in (("2018", "White"), ("2019", "BME")):
        none = (rows["organisation"] == "Place 03") & (rows["period"] == year) & (rows["group"] == group)
        rows["numerator"] = rows["numerator"].mask(none, 0.0)
    with np.errstate(all="raise"):
        found = places_to_learn_from(rows)
    assert found[["organisation", "period"]].to_numpy().tolist() == [["Place 03", "2025"]]


def test_an_improvement_of_years_ago_is_no_longer_listed():
    rows = counts(1, late={"Place 03": 0.2})
    later = counts(2, places=20).query("period >= '2024'").assign(period=lambda t: t["period"].astype(int) + 2)
    assert places_to_learn_from(pd.concat([rows, later.astype({"period": str})], ignore_index=True)).empty


def test_few_years_shares_and_nothing_at_all_list_nobody():
    rows = counts(1, late={"Place 03": 0.2})
    for table in (rows[rows["period"] >= "2024"], rows.assign(indicator="1"), rows.iloc[:0]):
        assert list(places_to_learn_from(table).columns) == list(IMPROVED_COLUMNS)
        assert places_to_learn_from(table).empty


def test_only_years_under_the_latest_definition_are_charted():
    rows = counts(1, indicator="7", late={"Place 03": 0.2})
    split = rows.assign(definition=np.where(rows["period"] < "2024", "old", "new"))
    assert len(places_to_learn_from(rows)) == 1
    assert places_to_learn_from(split).empty


def test_who_asks_is_told_of_actions_and_places_elsewhere_on_the_same_indicator():
    progress = pd.DataFrame(
        [
            ("Panels", "Alder", "2", PROGRESS),
            ("Training", "Birch", "2", CANNOT_TELL),
            ("Mentors", "Birch", "", CANNOT_TELL),
            ("Other panels", "Cedar", "2", CANNOT_TELL),
            ("Just culture", "Birch", "3", CANNOT_TELL),
        ],
        columns=["action", "organisation", "indicator", "standing"],
    )
    places = pd.DataFrame([("Cedar", "2", "2025")], columns=["organisation", "indicator", "period"])
    found = teachers(progress, places)
    assert [tuple(row) for row in found[["action", "teacher", "because"]].itertuples(index=False)] == [
        ("Training", "Alder", "evidence of progress after “Panels”"),
        ("Training", "Cedar", "closer to parity beyond common cause in 2025"),
        ("Other panels", "Alder", "evidence of progress after “Panels”"),
    ]
