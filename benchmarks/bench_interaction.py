"""What a moved control costs in the kernel: beside a smaller cube, and beside a bare update of the same picture."""

from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path

import plotly.graph_objects as go

from bench_records import made
from equity_metrics import FairComparisonExplorer, count_records, release, roll_ups
from side_by_side import Line, side_by_side

ORGANISATIONS = 20
"""That are chosen one after the other in one turn: the cubes have the same cells, however many rows they count."""


def control_moved(folder: Path, runs: int, large: int = 50_000_000, small: int = 50_000) -> list[Line]:
    """Move one control of an explorer over a cube of many rows, of few rows, and update a bare figure."""
    explorers = [_explorer(made(folder, "applications", rows, ORGANISATIONS)) for rows in (large, small)]
    ours, fewer = (partial(_turned, explorer) for explorer in explorers)
    bare = _bare(explorers[0].picture)
    note = f"{ORGANISATIONS} moves a turn"
    name = f"one control moved, cube of {large / 1e6:g} M rows"
    return [
        side_by_side(name, f"cube of {small:,} rows", (ours, fewer), 1.2, runs, note),
        side_by_side(name, "bare batch_update of the same picture", (ours, bare), 2.0, runs, note),
    ]


def _explorer(path: Path) -> FairComparisonExplorer:
    counts = count_records(path, "applications").query("period == '2020'")
    return FairComparisonExplorer(release(roll_ups(counts)), grouping="White / BME")


def _turned(explorer: FairComparisonExplorer) -> None:
    """Choose as a hand would; answers that were made before are forgotten first."""
    explorer._answered.cache_clear()
    for place in explorer._controls["organisation"].options:
        explorer.organisation = place


def _bare(picture: go.FigureWidget) -> Callable[[], None]:
    figure = go.FigureWidget(go.Figure(picture))
    values = [[] if trace.x is None else list(trace.x) for trace in figure.data]
    shifted = cycle((0.0, 0.01))

    def update() -> None:
        for _ in range(ORGANISATIONS):
            more = next(shifted)
            with figure.batch_update():
                for trace, x in zip(figure.data, values, strict=True):
                    trace.x = [v + more if isinstance(v, float) else v for v in x]

    return update
