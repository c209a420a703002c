"""A small table in; the same as a page shows it, whole, with headings that a screen reader can follow, out."""

from html import escape

import pandas as pd

from equity_metrics.catalogue.missing_values import MISSING_VALUES

LETTERS = 28
"""Of a cell, before it may be broken into lines and is read from the left."""
BY_SIGN = {missing.sign: missing for missing in MISSING_VALUES.values()}

# The doubled class is stronger than the rule of JupyterLab, which sets every cell to the right.
STYLE = """<style>
.em-sentence{font-size:1.25em;line-height:1.45;max-width:62em;margin:.6em 0;color:#1d2b36}
.em-alt,.em-notes,.em-gloss{font-size:.95em;line-height:1.45;max-width:68em;color:#1d2b36}
.em-table{border-collapse:collapse;font-size:.95em;margin:.5em 0;color:#1d2b36}
.em-table caption{text-align:left;font-weight:bold;padding:.3em 0}
.em-table th,.em-table td{border-bottom:1px solid #c9d1d6;padding:.3em .6em;text-align:right;white-space:nowrap}
.em-table th,.em-table td{line-height:1.3}
.em-table th:first-child{text-align:left;white-space:normal;font-weight:normal;min-width:10em}
.em-table tr:first-child th{font-weight:bold;white-space:normal;max-width:12em}
.em-table.em-table .em-left{text-align:left}
.em-table td.em-long{white-space:normal;min-width:12em}
.em-missing{color:#5b6770;font-style:italic}
.em-unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
</style>"""


class Table:
    """A table shown whole: nothing is cut, what is missing says so, counts have no decimals.

    Parameters
    ----------
    rows
        Words and numbers, one row each; the first column names the row.
    caption
        What the table is about.
    """

    def __init__(self, rows: pd.DataFrame, caption: str) -> None:
        self.rows = rows
        self.caption = caption

    def html(self) -> str:
        """Write the table as HTML."""
        words = [_holds_words(self.rows.iloc[:, place]) for place in range(self.rows.shape[1])]
        head = "".join(
            f'<th scope="col"{_classes(of_words, "")}>{escape(str(name))}</th>'
            for name, of_words in zip(self.rows.columns, words, strict=True)
        )
        body = "".join(
            f'<tr><th scope="row">{_word(first)}</th>'
            + "".join(f"<td{_classes(*cell)}>{_word(cell[1])}</td>" for cell in zip(words[1:], rest, strict=True))
            + "</tr>"
            for first, *rest in self.rows.itertuples(index=False)
        )
        return f'<table class="em-table"><caption>{escape(self.caption)}</caption><tr>{head}</tr>{body}</table>'

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": STYLE + self.html(), "text/plain": f"{self.caption}\n{self.rows.to_string(index=False)}"}


def _holds_words(column: pd.Series) -> bool:
    """Say whether most of what a column says are words, read from the left; numbers stand under each other."""
    said = [str(value) for value in column if str(value) and value not in BY_SIGN]
    words = [len(value) > LETTERS or not any(letter.isdigit() for letter in value[:2]) for value in said]
    return 2 * sum(words) > len(said)


def _classes(of_words: bool, value: object) -> str:
    long = isinstance(value, str) and len(value) > LETTERS
    names = [name for name, there in (("em-left", of_words), ("em-long", long)) if there]
    return f' class="{" ".join(names)}"' if names else ""


def _word(value: object) -> str:
    missing = BY_SIGN.get(value) if isinstance(value, str) else None
    if missing:
        seen = f'<span aria-hidden="true">{escape(missing.sign)}</span>'
        return f'<span class="em-missing">{seen}<span class="em-unseen">{escape(missing.words)}</span></span>'
    if isinstance(value, float):
        return "not shown" if pd.isna(value) else f"{value:,.0f}" if value.is_integer() else f"{value:g}"
    return escape(str(value))
