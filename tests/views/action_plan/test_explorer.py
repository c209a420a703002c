"""One view of several organisations' plans counts every action once, puts success first and names who can teach."""

import re
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from equity_metrics.change.action_plans.action_progress import PROGRESS, STANDINGS, action_progress
from equity_metrics.change.action_plans.places_to_learn_from import places_to_learn_from
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.packs.take_away import take_away
from equity_metrics.sources.action_plans import read_action_plan
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.action_plan.answers import EVERYWHERE
from equity_metrics.views.action_plan.explorer import ActionPlanExplorer
from equity_metrics.views.action_plan.figure import PANELS


@pytest.fixture(scope="module")
def explorer(samples: Path, released: pd.DataFrame) -> ActionPlanExplorer:
    counts = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    counts = roll_up(counts[counts["indicator"].isin([*"23456"])], "White / BME")
    progress = action_progress(read_action_plan(samples / "action_plan_synthetic.csv"), counts, "2025-11-01")
    return ActionPlanExplorer(released, progress, places_to_learn_from(counts))


@pytest.fixture(autouse=True)
def everywhere(explorer: ActionPlanExplorer) -> None:
    explorer.organisation = EVERYWHERE


def drawn(explorer: ActionPlanExplorer, panel: str) -> int:
    return sum(next(trace for trace in explorer.answer.figure.data if trace.name == panel).x)


def test_every_action_stands_once_in_table_picture_and_sentence(explorer):
    for organisation in (EVERYWHERE, *explorer._progress["organisation"].unique()):
        explorer.organisation = organisation
        answer = explorer.answer
        assert sum(drawn(explorer, standing) for standing in STANDINGS) == len(answer.table)
        assert f" {len(answer.table)} action" in answer.sentence
        for standing in STANDINGS:
            said = re.search(rf"{standing} for (\d+)(?=[;.])", answer.sentence)
            there = int((answer.table["What the data say"] == standing).sum())
            assert (int(said[1]) if said else 0) == there
        assert drawn(explorer, "overdue") == (answer.table["Review overdue"] != "no").sum()
        assert len(answer.figure.data) == len(PANELS)


def test_success_is_first_and_who_can_be_asked_is_named(explorer):
    first = explorer.answer.table.iloc[0]
    assert first[["Action", "What the data say"]].tolist() == ["Structured shortlisting", PROGRESS]
    assert "To celebrate first: Structured shortlisting (Alderbrook Hospitals)." in explorer.answer.sentence
    assert "Closer to parity beyond common cause: Alderbrook Hospitals (indicator 2)." in explorer.answer.sentence
    asked = explorer.answer.table.set_index("Action")["Who can be asked"]
    assert asked["Recruitment training for managers"] == "Alderbrook Hospitals"
    assert asked["Structured shortlisting"] == "can teach others"
    assert asked["Speak-up champions"] == "nobody known"
    told = " ".join(explorer.answer.notes)
    assert "About indicator 2, appointment from shortlisting, Alderbrook Hospitals can be asked" in told
    assert "It may help Cressley Hospitals." in told
    assert "of 5 tested, luck may show a change in 0.2." in told
    explorer.organisation = "Cressley Hospitals"
    assert "no success to celebrate yet; learn from Alderbrook Hospitals" in explorer.answer.sentence


def test_what_is_late_names_its_owner_or_that_nobody_owns_it(explorer):
    assert "4 reviews are overdue: Bramwell Hospitals (2);" in explorer.answer.sentence
    explorer.organisation = "Bramwell Hospitals"
    assert "Speak-up champions (BME staff network)" in explorer.answer.sentence
    assert "Support after harassment from the public (nobody owns it)" in explorer.answer.sentence
    told = " ".join(explorer.answer.notes)
    assert "A staff network cannot carry this alone" in told
    assert "Alderbrook" not in told


def test_the_picture_says_that_data_are_synthetic_and_its_words_name_every_row(explorer):
    assert "Synthetic data" in explorer.answer.figure.layout.annotations[-1].text
    assert all(place in explorer.answer.alt for place in explorer._progress["organisation"])


def test_of_many_actions_the_first_are_named_and_the_others_counted(explorer, released):
    rows = explorer._progress
    many = pd.concat([rows.assign(action=rows["action"] + f" {n}") for n in range(3)], ignore_index=True)
    answer = ActionPlanExplorer(released, many, explorer._places).answer
    assert "12 reviews are overdue: Bramwell Hospitals (6);" in answer.sentence
    (unowned,) = [note for note in answer.notes if note.startswith("Name a role that holds authority for")]
    assert unowned.endswith(" and 2 more.")
    assert len(answer.notes) < 12


def test_an_empty_plan_says_so(explorer, released):
    empty = ActionPlanExplorer(released, explorer._progress.iloc[:0], explorer._places)
    assert "has no action in the plan" in empty.answer.sentence
    assert empty.answer.table.empty


@pytest.mark.parametrize("form", ["Spreadsheet (XLSX)", "Slide with charts to edit (PPTX)", "Board paper (HTML)"])
def test_it_is_taken_away_with_its_numbers(explorer, released, form):
    made = take_away(explorer.answer, {"organisation": EVERYWHERE}, released, form, "ActionPlan")
    assert made.content
    if form.startswith("Spreadsheet"):
        drawn_numbers = load_workbook(BytesIO(made.content))["1 picture"]
        rows = list(drawn_numbers.iter_rows(min_row=2, values_only=True))
        assert ("Alderbrook Hospitals", 1) in [(row[3], row[4]) for row in rows]
