"""No file that is taken away holds a number that was withheld: every byte of every file is looked through."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import plotly.graph_objects as go
import pytest
from openpyxl import load_workbook

from equity_metrics import WresExplorer, read_wres_return, release, roll_ups
from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY
from equity_metrics.packs.board_paper import board_paper
from equity_metrics.packs.drawn_charts import drawn_charts, drawn_numbers
from equity_metrics.packs.slides import slides
from equity_metrics.packs.take_away import FORMATS, take_away
from equity_metrics.packs.workbook import workbook

CASES, STAFF = 3, 1867
"""Of one small group: nobody may learn either."""
NUMBER_WITH_SIGN = re.compile(r"[−+-]?\d[\d,]*(?:\.\d+)?")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:[eE]-?\d+)?")


def with_secret(samples, policy):
    counts = read_wres_return(samples / "wres_return_synthetic_one_organisation.csv")
    one = (counts["indicator"] == "3") & (counts["group"] == "Not known")
    counts.loc[one, ["numerator", "denominator"]] = [CASES, STAFF]
    explorer = WresExplorer(release(roll_ups(counts), policy), indicator="3")
    white = counts[(counts["indicator"] == "3") & (counts["group"] == "White")].iloc[0]
    return explorer, (CASES / STAFF) / (white["numerator"] / white["denominator"])


def texts(content: bytes) -> str:
    """Every text in a file; of a packed one of every file in it, and of those packed in that."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", errors="ignore")
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return "\n".join(texts(packed.read(name)) for name in packed.namelist())


def tells(content: bytes, secrets: tuple[float, ...]) -> bool:
    numbers = {float(text.replace(",", "")) for text in NUMBER.findall(texts(content))}
    return any(abs(number - secret) <= 1e-4 * secret for number in numbers for secret in secrets)


def files(answer, provenance):
    return {
        "workbook": workbook("Title", [answer], provenance),
        "slides": slides("Title", [answer], provenance),
        "board paper": board_paper("Title", [answer], provenance).encode(),
    }


@pytest.mark.usefixtures("no_chromium")
def test_no_file_tells_what_was_withheld(samples, provenance):
    explorer, ratio = with_secret(samples, DISCLOSURE_POLICY)
    for name, content in files(explorer.answer, provenance).items():
        assert not tells(content, (STAFF, ratio)), name


@pytest.mark.usefixtures("no_chromium")
def test_the_same_files_tell_it_where_nothing_is_withheld(samples, provenance):
    policy = DISCLOSURE_POLICY.with_threshold("people at risk", 0).with_threshold("events", 0)
    explorer, ratio = with_secret(samples, policy)
    assert {name: tells(content, (STAFF, ratio)) for name, content in files(explorer.answer, provenance).items()} == {
        "workbook": True,
        "slides": True,
        "board paper": True,
    }


@pytest.mark.usefixtures("no_chromium")
def test_the_table_behind_the_answer_never_leaves(samples):
    explorer, _ = with_secret(samples, DISCLOSURE_POLICY)
    released = explorer._made_of.assign(numerator=STAFF, denominator=STAFF)
    for form in list(FORMATS)[:3]:
        assert not tells(take_away(explorer.answer, {}, released, form, "Wres").content, (STAFF,))


@pytest.mark.usefixtures("chromium")
@pytest.mark.browser
def test_what_a_picture_carries_unseen_stays_behind(answers, provenance):
    hidden = {"customdata": [STAFF], "hovertext": [str(STAFF)], "meta": str(STAFF), "ids": [str(STAFF)]}
    seen = go.Scatter(x=[1.5], y=["White"], mode="markers", **hidden)
    unseen = go.Scatter(x=[STAFF], y=["BME"], mode="markers", visible=False)
    figure = go.Figure([seen, unseen], {"meta": STAFF, "xaxis": {"range": [0, 2]}})
    for name, content in files(replace(answers[0], figure=figure), provenance).items():
        assert not tells(content, (STAFF,)), name


def test_every_number_of_a_workbook_stands_in_the_answer(answers, provenance):
    for answer in answers:
        book = load_workbook(BytesIO(workbook("Title", [answer], provenance)))
        cells = {c.value for s in book for row in s.iter_rows() for c in row if isinstance(c.value, int | float)}
        drawn = drawn_numbers(drawn_charts(answer.figure))
        words = NUMBER_WITH_SIGN.findall(answer.table.to_string())
        shown = {float(word.replace(",", "").replace("−", "-")) for word in words}
        assert cells <= shown | set(drawn[["value", "lower", "upper", "down", "up"]].to_numpy().ravel())
