from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from equity_metrics.packs.drawn_charts import drawn_charts, drawn_numbers
from equity_metrics.packs.statements import suppression_statement
from equity_metrics.packs.workbook import workbook
from equity_metrics.views.drawing.on_screen import on_screen


@pytest.fixture(scope="module")
def book(answers, provenance):
    made = workbook("Bramwell Hospitals", answers, provenance)
    assert len(made) < 6e6
    return load_workbook(BytesIO(made))


def test_sheets_are_notes_then_each_answer_then_sources(book, answers):
    each = [f"{n} {what}" for n in range(1, len(answers) + 1) for what in ("table", "picture")]
    assert book.sheetnames == ["Notes", *each, "Sources"]


def test_notes_hold_sentence_words_and_notes(book, answers):
    said = [row[1] for row in book["Notes"].iter_rows(values_only=True)]
    for answer in answers:
        assert {answer.sentence, answer.alt, *answer.notes} <= set(said)


def test_sources_hold_provenance_and_suppression(book, provenance):
    said = [row[1] for row in book["Sources"].iter_rows(values_only=True)]
    assert {*provenance.lines(), *suppression_statement()} <= set(said)


def test_tables_hold_numbers_and_words_for_those_withheld(book):
    rows = list(book["2 table"].iter_rows(values_only=True))
    assert rows[1][:4] == ("BME", 14, 1175, 1.44)
    assert rows[3][:4] == ("Not known", "suppressed", None, "suppressed")


def test_pictures_hold_what_is_drawn_and_native_charts_of_it(book, answers):
    for number, answer in enumerate(answers, start=1):
        sheet, charts = book[f"{number} picture"], drawn_charts(answer.figure)
        assert sheet.max_row == len(drawn_numbers(charts)) + 1
        assert len(sheet._charts) == len(charts)
        drawn = [series.val.numRef.f for chart in sheet._charts for series in chart.series]
        assert drawn[0].startswith(f"'{number} picture'!$E$2")
        assert drawn[-1].endswith(f"$E${sheet.max_row}")


def test_ratios_stand_on_a_log_axis_from_parity(book):
    bars = book["1 picture"]._charts[0]
    assert (bars.y_axis.scaling.logBase, bars.x_axis.crossesAt) == (2, 1)


def test_no_text_is_a_formula(answers, provenance):
    table = answers[0].table.assign(**{"=1+1": ["=cmd|' /C calc'!A0", "@x", "-y"]})
    made = replace(answers[0], sentence="=HYPERLINK(1)", table=table, notes=("+1",))
    book = load_workbook(BytesIO(workbook("=now()", [made], provenance)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    risky = [cell for cell in cells if cell.value[:1] in "=@+-"]
    assert len(risky) >= 6
    assert all(cell.quotePrefix for cell in risky)


def test_what_stays_on_screen_is_refused(answers, provenance):
    with pytest.raises(ValueError) as refused:
        workbook("Bramwell Hospitals", [answers[0], on_screen(answers[0])], provenance)
    assert "not exported" in str(refused.value)
    with pytest.raises(ValueError) as refused:
        workbook("Bramwell Hospitals", [], provenance)
    assert str(refused.value) == "answers must hold at least one answer, got: none"
