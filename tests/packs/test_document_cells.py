from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from pptx import Presentation

from equity_metrics.packs.board_paper import board_paper
from equity_metrics.packs.document_cells import document_cells
from equity_metrics.packs.slides import slides
from equity_metrics.packs.workbook import workbook


def test_every_cell_of_a_spreadsheet_is_read(answers, provenance):
    content = workbook("Title", answers, provenance)
    found = document_cells("a.xlsx", content)
    book = load_workbook(BytesIO(content))
    assert list(found) == [f"sheet {name}" for name in book.sheetnames]
    for sheet in book.worksheets:
        cells = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
        assert [text for text in found[f"sheet {sheet.title}"].to_numpy().ravel() if text] == cells


def test_slides_tell_their_texts_their_charts_and_the_workbooks_inside(answers, provenance):
    found = document_cells("a.pptx", slides("Title", answers, provenance))
    words = set(found["slide 1"]["text"])
    assert answers[0].sentence in words
    assert f"The picture in words: {answers[0].alt}" in words
    inside = found["slide 1, chart 1, sheet Sheet1"].to_numpy().ravel().tolist()
    assert set(inside) - {""} <= words | set(map(str, found["slide 1, chart 1, sheet Sheet1"]["A"]))
    assert len(inside) > 2


@pytest.mark.usefixtures("no_chromium")
def test_a_page_tells_words_and_tables_and_not_whether_it_was_drawn(answers, provenance):
    page = board_paper("A title", answers, provenance)
    texts = document_cells("a.html", page.encode())["page"]["text"].tolist()
    drawn = page.replace("<main>", "<main><figure><svg><title>x</title><text>drawn</text></svg></figure>")
    assert texts[0] == "A title"
    assert all(line in texts for line in provenance.lines())
    assert "This paper has no pictures." in page
    assert document_cells("a.html", drawn.encode())["page"]["text"].tolist() == texts


@pytest.mark.parametrize("name", ["a.xlsx", "a.pptx", "a.html"])
def test_what_cannot_be_read_says_so(name):
    assert document_cells(name, b"\xff\xfe\x00")["the whole file"]["text"].tolist() == ["no document that can be read"]


def test_an_empty_spreadsheet_has_no_cells():
    file = BytesIO()
    Workbook().save(file)
    assert document_cells("a.xlsx", file.getvalue())["sheet Sheet"].to_numpy().ravel().tolist() in ([], [""])


def test_a_show_without_slides_has_no_places():
    file = BytesIO()
    Presentation().save(file)
    assert document_cells("a.pptx", file.getvalue()) == {}
