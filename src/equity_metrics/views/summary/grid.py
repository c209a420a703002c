"""Cells of the summary in; a table of buttons that page and keyboard can press out."""

from html import escape
from typing import Any

import anywidget
import pandas as pd
import traitlets

from equity_metrics.catalogue.missing_values import NOT_COLLECTED
from equity_metrics.views.drawing.verdict_signs import sign_colour
from equity_metrics.views.summary.layout import laid_out
from equity_metrics.views.summary.words import KEY, change_line, spoken, value_line, verdict_line

UNBROKEN = "\N{NO-BREAK SPACE}"
# The press goes to Python, and the page to the chart; "back" returns the focus to the cell that was pressed.
SCRIPT = """
function render({ model, el }) {
  const mark = () => {
    for (const cell of el.querySelectorAll("button")) {
      cell.setAttribute("data-lm-suppress-shortcuts", "true");
      cell.setAttribute("aria-pressed", String(cell.dataset.cell === model.get("chosen")));
    }
  };
  const draw = () => { el.innerHTML = model.get("html"); mark(); };
  const pressed = (event) => {
    const cell = event.target.closest("button[data-cell]");
    if (!cell) return;
    model.set("chosen", cell.dataset.cell);
    model.save_changes();
    const told = el.closest(".em-explorer")?.querySelector(".em-sentence")?.closest(".widget-html");
    if (!told) return;
    told.tabIndex = -1;
    told.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    told.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  };
  const back = () => {
    const cell = el.querySelector("button[aria-pressed=true]") ?? el.querySelector("button");
    cell?.focus();
    el.scrollIntoView({ block: "start" });
  };
  el.addEventListener("click", pressed);
  model.on("change:html", draw);
  model.on("change:chosen", mark);
  model.on("msg:custom", back);
  draw();
}
export default { render };
"""
CSS = """
.em-grid { border-collapse: separate; border-spacing: 2px 1px; width: 100%; table-layout: fixed; color: #1d2b36; }
.em-grid caption { text-align: left; font-weight: bold; padding: .2em 0; }
.em-grid th { font-size: 12.5px; line-height: 1.2; text-align: left; padding: 0 4px; font-weight: normal; }
.em-grid thead th { font-weight: bold; vertical-align: bottom; }
.em-grid th:first-child { width: 21%; }
.em-grid td { padding: 0; height: 44px; }
.em-grid .em-cell { width: 100%; height: 100%; min-height: 44px; padding: 1px 5px; text-align: left;
  box-sizing: border-box;
  font: 11.5px/1.16 Arial, Helvetica, sans-serif; color: #1d2b36; background: #fff; border: 1px solid #768692;
  border-left: 5px solid var(--of, #768692); border-radius: 3px; }
.em-grid button { cursor: pointer; }
.em-grid button:hover { background: #e8edee; }
.em-grid button:focus-visible { outline: 3px solid #005eb8; outline-offset: 1px; }
.em-grid button[aria-pressed=true] { background: #e3eefa; border-color: #005eb8; box-shadow: inset 0 0 0 1px #005eb8; }
.em-grid b, .em-grid span { display: block; }
.em-grid .em-none { color: #5b6770; font-style: italic; }
.em-key { margin: .3em 0; padding: 0; list-style: none; font-size: 12px; line-height: 1.4; color: #1d2b36; }
.em-key li { display: inline-block; margin-right: 1.2em; }
"""


class SummaryGrid(anywidget.AnyWidget):
    """A table of which each cell is a button; ``chosen`` names the cell that was pressed last."""

    _esm = SCRIPT
    _css = CSS
    html = traitlets.Unicode("").tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)


def cell_id(indicator: str, group: str) -> str:
    """Name a cell: ``8|BME``."""
    return f"{indicator}|{group}"


def grid_html(cells: pd.DataFrame, title: str, *, pressed: bool = True) -> str:
    """Write the table.

    Parameters
    ----------
    cells
        From ``summary_cells``.
    title
        Whose table it is, and of when.
    pressed
        Whether each cell is a button; on paper none is.

    Returns
    -------
    str
        HTML; every cell says in words what its colour says.
    """
    table = laid_out(cells)
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in table.headings)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(_cell(cell, pressed) for cell in row)}</tr>'
        for name, row in table.rows
    )
    key = "".join(f"<li>{escape(words)}</li>" for words in KEY)
    return (
        f'<table class="em-grid"><caption>{escape(title)}</caption><thead><tr>'
        f'<th scope="col">{table.corner}</th>{head}</tr>'
        f'</thead><tbody>{body}</tbody></table><ul class="em-key">{key}</ul>'
    )


def _cell(cell: Any, pressed: bool) -> str:
    if cell is None:
        return f'<td><span class="em-none">{NOT_COLLECTED.sign}</span></td>'
    colour = "" if cell.withheld or not cell.verdict else f' style="--of:{sign_colour(cell.verdict, cell.against)}"'
    look = " em-none" if cell.withheld else ""
    lines = f"<b>{escape(value_line(cell))}</b><span>{escape(verdict_line(cell))}</span>{_span(change_line(cell))}"
    if not pressed:
        return f'<td><div class="em-cell{look}"{colour}>{lines}</div></td>'
    named = escape(cell_id(cell.indicator, cell.group), quote=True)
    return (
        f'<td><button type="button" class="em-cell{look}" data-cell="{named}" '
        f'aria-label="{escape(spoken(cell), quote=True)}"{colour}>{lines}</button></td>'
    )


def _span(line: str) -> str:
    # A line is broken between its parts only.
    return (
        f"<span>{escape(line.replace(' ', UNBROKEN).replace(f'{UNBROKEN}·{UNBROKEN}', ' · '))}</span>" if line else ""
    )
