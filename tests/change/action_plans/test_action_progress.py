"""What became of an action is computed: planted effects, dates, owners."""

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.action_plans.action_progress import (
    CANNOT_TELL,
    NO_DATA,
    NONE,
    NOT_MEASURED,
    OPPOSITE,
    PROGRESS,
    PROPOSED,
    action_progress,
)
from equity_metrics.change.action_plans.reporting_habits import (
    DONE_BUT_WORSE,
    MORE_DATA,
    NO_OWNER,
    ONE_GROUP,
    PARITY_CLAIMED,
    reporting_habits,
)
from equity_metrics.measures.disclosure.release import release
from equity_metrics.sources.action_plans import ACTION_COLUMNS


def plan(**columns: str) -> pd.DataFrame:
    row = {
        **dict.fromkeys(ACTION_COLUMNS, ""),
        "action": "Panels",
        "organisation": "Alder",
        "question": "Q6",
        "what": "Panels explain each decision",
        "owner": "Chief people officer",
        "indicator": "2",
        "group": "BME",
        "reference": "White",
        "expected_direction": "higher",
        "start": "2021-04-01",
        "review": "2026-10-01",
        "status": "under way",
    }
    return pd.DataFrame([{**row, **columns}], columns=list(ACTION_COLUMNS), dtype=str)


def counts(times: float, people: int = 40_000, last: int = 2025) -> pd.DataFrame:
    """Make yearly counts in which the odds of BME candidates are multiplied from 2022 on."""
    years = np.arange(2013, last + 1)
    odds = 0.15 * np.where(years >= 2022, times, 1.0)
    rows = []
    for group, share, size in (("BME", odds / (1 + odds), people), ("White", np.full(len(years), 0.2), 3 * people)):
        rows.append(
            pd.DataFrame(
                {
                    "period": years.astype(str),
                    "group": group,
                    "numerator": np.round(share * size + 12 * np.cos(7.3 * years + size)),
                    "denominator": float(size),
                }
            )
        )
    keys = {"organisation": "Alder", "indicator": "2", "grouping": "White / BME", "level": "organisation"}
    return pd.concat(rows, ignore_index=True).assign(source="Synthetic", **keys)


def test_what_is_only_proposed_is_not_tested_whatever_its_start():
    found = action_progress(plan(status="proposed"), counts(1.6), "2025-11-01").iloc[0]
    assert found["standing"] == PROPOSED
    assert np.isnan(found["effect"])


@pytest.mark.parametrize(
    ("times", "standing"), [(1.6, PROGRESS), (0.6, OPPOSITE), (1.0, NONE)], ids=["better", "worse", "the same"]
)
def test_what_was_planted_is_found(times, standing):
    found = action_progress(plan(), counts(times), "2026-01-31").iloc[0]
    assert found["standing"] == standing
    assert found["lower"] < times < found["upper"]


def test_few_people_cannot_tell_and_say_what_would_be_enough():
    found = action_progress(plan(), counts(1.0, people=300), "2026-01-31").iloc[0]
    assert found["standing"] == CANNOT_TELL
    assert found["would_change_verdict"]


@pytest.mark.parametrize(
    ("columns", "standing"),
    [
        ({"start": "2025-04-01"}, NO_DATA),
        ({"start": "2025-03-31"}, CANNOT_TELL),
        ({"organisation": "Elsewhere"}, NO_DATA),
        ({"indicator": ""}, NOT_MEASURED),
        ({"indicator": "9"}, NOT_MEASURED),
        ({"start": ""}, NOT_MEASURED),
    ],
)
def test_without_data_or_a_question_to_them_there_is_no_evidence(columns, standing):
    found = action_progress(plan(**columns), counts(1.0, people=300), "2026-01-31").iloc[0]
    assert found["standing"] == standing


@pytest.mark.parametrize(
    ("review", "status", "overdue"),
    [
        ("2026-01-30", "under way", True),
        ("2026-01-31", "under way", False),
        ("2025-01-30", "done", False),
        ("2025-01-30", "stopped", False),
        ("", "under way", False),
    ],
)
def test_an_open_action_is_overdue_the_day_after_its_review(review, status, overdue):
    found = action_progress(plan(review=review, status=status), counts(1.0), "2026-01-31").iloc[0]
    assert found["overdue"] == overdue


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        ("", "Nobody owns this action"),
        ("BME staff network", "A staff network cannot carry this alone"),
        ("Chief nurse with the BME staff network", ""),
        ("Director of people", ""),
    ],
)
def test_responsibility_is_not_put_on_staff_networks_alone(owner, words):
    found = action_progress(plan(owner=owner), counts(1.0), "2026-01-31").iloc[0]
    assert found["owner_warning"].startswith(words)
    assert bool(found["owner_warning"]) == bool(words)


def test_success_stands_first():
    actions = pd.concat([plan(action="A", start="2026-04-01"), plan(action="B")], ignore_index=True)
    found = action_progress(actions, counts(1.6), "2026-01-31")
    assert found["action"].tolist() == ["B", "A"]


def test_each_habit_is_found_where_it_is_and_only_there():
    clean = action_progress(plan(learnt="Panels take a week longer."), counts(1.6), "2026-01-31")
    table = counts(1.0)
    both = [table, table.assign(grouping="Five groups", group=table["group"].replace("BME", "Other ethnic group"))]
    assert reporting_habits(clean, release(both)).empty
    assert reporting_habits(clean, release(table))["habit"].tolist() == [ONE_GROUP]
    actions = pd.concat(
        [
            plan(action="A", learnt="There is no significant difference any more."),
            plan(action="B", learnt="We need more data."),
            plan(action="C", owner="BME staff network"),
            plan(action="D", status="done"),
        ],
        ignore_index=True,
    )
    found = reporting_habits(action_progress(actions, counts(0.6), "2026-01-31"), release(both))
    assert dict(zip(found["where"], found["habit"], strict=True)) == {
        "A": PARITY_CLAIMED,
        "B": MORE_DATA,
        "C": NO_OWNER,
        "D": DONE_BUT_WORSE,
    }
