from io import BytesIO
from threading import Event

import pandas as pd
import pytest
from openpyxl import load_workbook

from equity_metrics import WresExplorer, read_wres_return, release, roll_ups
from equity_metrics.packs.take_away import FORMATS, take_away
from equity_metrics.views.drawing.on_screen import REFUSAL, on_screen
from equity_metrics.views.take_away_row import TakeAwayRow, TakenAway

SPREADSHEET = next(iter(FORMATS))


@pytest.fixture
def explorer(samples):
    counts = read_wres_return(samples / "wres_return_synthetic_one_organisation.csv")
    return WresExplorer(release(roll_ups(counts)), indicator="2")


def said(explorer):
    return explorer.take_away.download.said


def test_one_click_saves_what_is_on_screen_and_nothing_else(explorer):
    explorer.indicator = "5"
    explorer.take_away.button.click()
    explorer.take_away.wait()
    made = explorer.take_away.download
    assert made.name == "wres_bramwell_hospitals.xlsx"
    assert said(explorer).startswith("Ready: wres_bramwell_hospitals.xlsx (")
    book = load_workbook(BytesIO(made.content))
    assert book.sheetnames == ["Notes", "1 table", "1 picture", "Sources"]
    assert book["Notes"]["B3"].value == explorer.answer.sentence
    sources = [row[1] for row in book["Sources"].iter_rows(values_only=True)]
    assert sources[2] == "Synthetic data: every organisation and every number is invented."
    (parameters,) = [line for line in sources if line and line.startswith("Parameters")]
    assert "source Synthetic; organisation Bramwell Hospitals; indicator 5;" in parameters


def test_what_is_hidden_does_not_stand_among_the_choices(explorer):
    explorer.take_away.button.click()
    explorer.take_away.wait()
    sheet = load_workbook(BytesIO(explorer.take_away.download.content))["Sources"]
    (parameters,) = [row[1] for row in sheet.iter_rows(values_only=True) if (row[1] or "").startswith("Parameters")]
    assert "band" not in parameters


def test_a_change_of_control_takes_the_file_back_and_makes_none(explorer):
    explorer.take_away.button.click()
    explorer.take_away.wait()
    assert explorer.take_away.download.content
    explorer.indicator = "5"
    assert explorer.take_away.download.content == b""
    assert said(explorer) == ""


def test_a_change_of_control_writes_nothing(explorer):
    explorer.indicator = "5"
    assert "take_away" not in vars(explorer), "made before it is shown"
    explorer.take_away.button.click()
    explorer.take_away.wait()
    asked = []
    explorer.take_away._make = asked.append
    explorer.indicator = "2"
    assert asked == []


@pytest.mark.parametrize("form", [form for form, (ending, _) in FORMATS.items() if ending in ("xlsx", "pptx", "html")])
@pytest.mark.usefixtures("no_chromium")
def test_what_needs_no_picture_does_without_chromium(explorer, form):
    explorer.take_away.form.value = form
    explorer.take_away.button.click()
    explorer.take_away.wait()
    assert said(explorer).startswith("Ready: ")
    assert len(explorer.take_away.download.content) > 5000
    assert explorer.take_away.download.kind == FORMATS[form][1]


@pytest.mark.usefixtures("no_chromium")
def test_an_error_is_one_sentence_in_the_page(explorer):
    explorer.take_away.form.value = "Picture (PNG)"
    explorer.take_away.button.click()
    explorer.take_away.wait()
    assert said(explorer).startswith("Pictures must be drawn by Chromium, got: none on this machine")
    assert explorer.take_away.download.content == b""
    assert not explorer.take_away.button.disabled


def test_what_stays_on_screen_is_refused_with_its_sentence(explorer):
    explorer.answer = on_screen(explorer.answer)
    explorer.take_away.button.click()
    explorer.take_away.wait()
    assert REFUSAL in said(explorer)
    assert explorer.take_away.download.content == b""


def test_a_sentence_says_that_it_works_before_it_does(explorer):
    seen = []
    explorer.take_away.download.observe(lambda change: seen.append(change["new"]), names="said")
    explorer.take_away.button.click()
    explorer.take_away.wait()
    assert seen[0].startswith("Working: ")


def test_a_table_that_names_no_source_says_so(answers):
    made = take_away(answers[0], {}, pd.DataFrame({"audience": []}), SPREADSHEET, "BiggestGap")
    assert made.name == "biggest_gap.xlsx"
    sheet = load_workbook(BytesIO(made.content))["Sources"]
    lines = [row[1] for row in sheet.iter_rows(values_only=True)]
    assert "Date of the data: not recorded." in lines
    assert "Parameters: source not recorded." in lines


def test_the_row_is_shown_below_the_table(explorer):
    explorer._repr_mimebundle_()
    assert explorer.take_away in explorer.children
    assert explorer.take_away.form.description == "Take it away as"
    assert explorer.take_away.button.description == "Take it away"


def slow(said: list[str], go_on: Event) -> TakenAway:
    go_on.wait(10)
    said.append("made")
    return TakenAway("a.txt", "text/plain", b"a")


@pytest.mark.parametrize("end", ["stop", "change"])
def test_work_that_is_stopped_or_no_longer_on_screen_leaves_no_file(end):
    said, go_on = [], Event()
    row = TakeAwayRow(["Text"], lambda _form: slow(said, go_on))
    row.button.click()
    assert row.download.said.startswith("Working: ")
    assert (row.button.disabled, row.stop.layout.display) == (True, None)
    row.stop.click() if end == "stop" else row.clear()
    expected = "Stopped: no file was made." if end == "stop" else ""
    assert (row.download.said, row.button.disabled, row.stop.layout.display) == (expected, False, "none")
    go_on.set()
    row.wait()
    assert said == ["made"]
    assert (row.download.said, row.download.content) == (expected, b"")


def test_a_second_file_is_made_while_the_first_that_was_stopped_still_ends():
    said, go_on = [], Event()
    row = TakeAwayRow(["Text"], lambda _form: slow(said, go_on))
    row.button.click()
    first = row._last
    row.stop.click()
    row.button.click()
    go_on.set()
    first.join()
    row.wait()
    assert said == ["made", "made"]
    assert row.download.said.startswith("Ready: a.txt")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_expected_ends_the_work_too():
    row = TakeAwayRow(["Text"], lambda _form: {}["nothing"])
    row.button.click()
    row.wait()
    assert row.download.said.startswith("No file could be made")
    assert not row.button.disabled
