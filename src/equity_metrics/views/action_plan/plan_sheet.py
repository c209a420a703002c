"""An action plan with its progress in; the same as a spreadsheet, or as the CSV that it is kept in, out."""

from io import BytesIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from equity_metrics.sources.action_plans import ACTION_COLUMNS
from equity_metrics.sources.saved_action_plans import ENCODING
from equity_metrics.views.action_plan.whole_plan import overdue_words
from equity_metrics.views.action_plan.words import DIRECTIONS, LABELS, MEASURED, QUESTIONS
from equity_metrics.views.safe_cells import write_cell
from equity_metrics.views.sheet_looks import LINE, bold, fit_to_page, row_height
from equity_metrics.views.take_away_row import TakenAway

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPREADSHEET, CSV = "Spreadsheet (XLSX)", "The plan itself (CSV)"
PLAN_FORMATS = (SPREADSHEET, CSV)
COMPUTED = ("standing", "overdue", "owner_warning")
NARROWEST, WIDEST, PAGES = 12, 28, 3
"""Letters that a column is wide; and how many pages stand beside each other, each with the names of the actions."""


def plan_file(progress: pd.DataFrame, form: str, today: str) -> TakenAway:
    """Write an action plan to be taken away.

    Parameters
    ----------
    progress
        After ``action_progress``.
    form
        One of ``PLAN_FORMATS``.
    today
        The date on which progress was computed; stands in the notes.

    Returns
    -------
    TakenAway
        The spreadsheet has a sheet ``Action plan`` (the columns of the plan, and last what was computed: what the data
        say, whether it is overdue, whether its owner is to be settled) and a sheet ``Notes``. No text is a formula.
        The CSV holds the columns of the plan alone, as it is kept, so that it can be read again.
    """
    if form == CSV:
        text = progress[list(ACTION_COLUMNS)].to_csv(index=False)
        return TakenAway("action_plan.csv", "text/csv", text.encode(ENCODING))
    return TakenAway("action_plan.xlsx", XLSX, _workbook(progress, today))


def _workbook(progress: pd.DataFrame, today: str) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Action plan"
    late = [overdue_words(*row) for row in zip(progress["overdue"], progress["review"], strict=True)]
    shown = progress[[*ACTION_COLUMNS, *COMPUTED]].assign(overdue=late)
    for column, words in (("question", QUESTIONS), ("indicator", MEASURED), ("expected_direction", DIRECTIONS)):
        named = {value: word for word, value in words if value}
        shown[column] = [named.get(value, value) for value in shown[column]]
    heights = [LINE] * len(shown)
    for number, column in enumerate(shown.columns, start=1):
        write_cell(sheet, 1, number, LABELS[column]).font = bold()
        texts = shown[column].tolist()
        for row, text in enumerate(texts, start=2):
            write_cell(sheet, row, number, text).alignment = Alignment(wrap_text=True, vertical="top")
        longest = max(map(len, [LABELS[column], *texts]))
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
        heights = [max(high, row_height(text, width - 4)) for high, text in zip(heights, texts, strict=True)]
    for row, high in enumerate(heights, start=2):
        sheet.row_dimensions[row].height = high
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    sheet.print_title_cols = "A:A"
    fit_to_page(sheet, PAGES)
    notes = book.create_sheet("Notes")
    notes.column_dimensions["A"].width = 110
    for row, line in enumerate(_notes(today), start=1):
        write_cell(notes, row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _notes(today: str) -> tuple[str, ...]:
    return (
        f"Progress was computed on {today} from complete counts, against where the gap was heading; nobody typed it.",
        "The last three columns are computed: changes to them here have no effect on the plan.",
        "The plan is kept as CSV. To change it, use the editor, so that changes of two people are both kept.",
    )
