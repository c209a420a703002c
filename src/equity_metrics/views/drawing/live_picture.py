"""A figure in; the same as a live picture, of which a page may hold many, out."""

from functools import cache

import anywidget
import plotly.graph_objects as go
import traitlets

from equity_metrics.views.drawing.patience import PATIENCE

# Where all pictures of a page wait for the drawing library: whoever asks first makes the place.
WAITING = """
const library = globalThis.equityMetricsLibrary ??= (() => {
  const promised = {};
  promised.there = new Promise((resolve) => { promised.give = resolve; });
  return promised;
})();
"""
GIVE = """
function initialize({ model }) {
  if (library.given) return;
  library.given = true;
  const address = URL.createObjectURL(new Blob([model.get("code")], { type: "text/javascript" }));
  library.give(import(address).finally(() => URL.revokeObjectURL(address)));
}
export default { initialize };
"""
USE = """
export default async () => (await library.there).default();
"""


class DrawingLibrary(anywidget.AnyWidget):
    """The five megabytes of program that draw pictures, sent to the page once and not with each picture."""

    _esm = PATIENCE + WAITING + GIVE
    code = traitlets.Unicode().tag(sync=True)


class LivePicture(go.FigureWidget):
    """A ``FigureWidget`` that draws with the page's one ``DrawingLibrary``."""

    _esm = WAITING + USE

    def __init__(self, figure: go.Figure) -> None:
        drawing_library()
        super().__init__(figure)


@cache
def drawing_library() -> DrawingLibrary:
    """Return the one library, which must be there before a picture waits for it in the page."""
    return DrawingLibrary(code=str(go.FigureWidget._esm))
