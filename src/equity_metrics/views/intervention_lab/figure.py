"""What was found about an intervention in; the path seen and expected, above the effect and the rebound, out."""

from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from equity_metrics.change.before_after.paired_series import period_numbers
from equity_metrics.change.charts.pooled_series import PERIOD_LENGTHS
from equity_metrics.change.interventions import worthwhile_band
from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.dots import AXIS, quiet_layout
from equity_metrics.views.drawing.scales import RATIO_EDGES, ROOM_IN_A_PANEL, ratio_axis
from equity_metrics.views.intervention_lab.words import SYMBOLS, effect_words, verdict_cell, verdict_colour
from equity_metrics.views.words.wording import interval, times

HEIGHT = 640
BAND = "rgba(127,175,219,0.35)"
EFFECT, SEEN, REBOUND = "effect", "seen after the bad year", "rebound expected by itself"


def intervention_figure(
    effect: pd.Series, points: pd.DataFrame, levels: pd.DataFrame, rebound: pd.DataFrame, start: str, names: list[str]
) -> go.Figure:
    """Draw what was seen, what was to be expected, and the effect with its interval and the rebound beside it.

    Parameters
    ----------
    effect
        One row of effects: sign, colour, interval and zone all come from it.
    points, levels, rebound
        As in ``InterventionFindings``.
    start
        First period with the intervention.
    names
        Heading of the upper panel, and what it draws.

    Returns
    -------
    plotly.graph_objects.Figure
        Always the same eight traces, so that an explorer can update it in place.
    """
    upper, months = _paths(points, levels), _months(points, levels)
    ratios = log_axis([*(a for t in upper for a in t.y), *(1.0,)])
    words = [_start_words(start, months["range"])]
    return two_panels(effect, rebound, upper, {**AXIS, **months}, ratios, names, words, _lines(start))


def two_panels(
    effect: pd.Series,
    rebound: pd.DataFrame,
    upper: list[go.Scatter],
    along: dict[str, object],
    ratios: dict[str, object],
    names: list[str],
    words: list[dict[str, object]],
    lines: list[dict[str, object]],
) -> go.Figure:
    """Draw an upper panel of three traces above the effect with its interval, its zone, and the rebound.

    Parameters
    ----------
    effect, rebound, names
        As for ``intervention_figure``.
    upper, along, ratios
        Traces of the upper panel, its axis of time and its axis of ratios.
    words, lines
        Annotations and shapes of the upper panel.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = [EFFECT] if rebound.empty else [EFFECT, SEEN, REBOUND]
    lower = _effects(effect, rebound)
    width = [effect["lower"], effect["upper"], effect["effect"], *worthwhile_band(*_zone(effect))]
    width += [] if rebound.empty else [*rebound[["lower", "upper", "seen"]].iloc[0]]
    layout = {
        **quiet_layout(HEIGHT),
        "showlegend": True,
        "legend": {"orientation": "h", "y": 0.395, "yanchor": "top", "x": 0, "font": {"size": 12}},
        "margin": {"l": 20, "r": 20, "t": 80, "b": 50},
        "xaxis": {**along, "domain": [0, 1], "anchor": "y"},
        "yaxis": {**AXIS, **ratios, "domain": [0.47, 1]},
        "xaxis2": {**AXIS, **log_axis([float(v) for v in width]), "domain": [0, 1], "anchor": "y2"},
        "yaxis2": {
            **AXIS, "domain": [0, 0.2], "anchor": "x2", "categoryorder": "array", "categoryarray": rows[::-1],
            "range": [-0.6, len(rows) - 0.4],
        },
        "annotations": [
            panel_words(f"<b>{names[0]}</b>", 1, 22), panel_words(names[1], 1, 4, size=12),
            panel_words("<b>Effect: since the start / what was to be expected without it</b>", 0.2, 26),
            panel_words(_zone_words(effect), 0.2, 8, size=12), *words,
        ],
        "shapes": [_zone_shape(effect), _no_effect_line(), *lines],
    }  # fmt: skip
    return go.Figure([*upper, *lower], layout)


def start_position(start: str) -> float:
    """Where the start stands among the months: at the beginning of its month, or of its WRES year."""
    (number,), unit = period_numbers([start])
    return float(number) - 0.5 if unit == "month" else float(12 * (number - 1) + 3) - 0.5


def _zone(effect: pd.Series) -> tuple[float | None, float]:
    smallest = effect["smallest_worthwhile"]
    return (None if pd.isna(smallest) else float(smallest)), float(effect["no_effect"])


def _zone_words(effect: pd.Series) -> str:
    smallest, no_effect = _zone(effect)
    if smallest is None:
        return "no smallest worthwhile effect was agreed"
    chosen = "as agreed" if effect["agreed_on"] else "as chosen here, not agreed"
    return f"grey: no meaningful change, {interval(*worthwhile_band(smallest, no_effect))}, {chosen}"


def _zone_shape(effect: pd.Series) -> dict[str, object]:
    smallest, no_effect = _zone(effect)
    low, high = worthwhile_band(smallest, no_effect) if smallest is not None else (no_effect, no_effect)
    look = {"fillcolor": palette.RANGE, "line": {"width": 0}, "layer": "below"}
    return {**look, "type": "rect", "xref": "x2", "yref": "y2 domain", "x0": low, "x1": high, "y0": 0, "y1": 1}


def _no_effect_line() -> dict[str, object]:
    line = {"color": palette.INK, "width": 1}
    return {"type": "line", "xref": "x2", "x0": 1, "x1": 1, "yref": "y2 domain", "y0": 0, "y1": 1, "line": line}


def _lines(start: str) -> list[dict[str, object]]:
    line, dashed = {"color": palette.INK, "width": 1}, {"color": palette.INK, "width": 2, "dash": "dot"}
    at = start_position(start)
    return [
        {"type": "line", "xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": 1, "y1": 1, "line": line},
        {"type": "line", "xref": "x", "x0": at, "x1": at, "yref": "y domain", "y0": 0, "y1": 1, "line": dashed},
    ]


def _start_words(start: str, ends: tuple[float, float]) -> dict[str, object]:
    at = start_position(start)
    side = "left" if at < ends[0] + 0.8 * (ends[1] - ends[0]) else "right"
    place = {"x": at, "xref": "x", "y": 1, "yref": "y domain", "xanchor": side, "yanchor": "top"}
    return {**place, "text": f" start {start} ", "showarrow": False, "font": {"size": 12}, "bgcolor": palette.PAPER}


def panel_words(text: str, height: float, shift: int, size: int = 14) -> dict[str, object]:
    """Place words at the left, so many pixels above a height of the picture."""
    place = {"x": 0, "y": height, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {**place, "text": text, "showarrow": False, "yshift": shift, "align": "left", "font": {"size": size}}


def log_axis(values: list[float]) -> dict[str, object]:
    """Set an axis of ratios that is as long to either side of 1."""
    known = np.asarray(values, float)
    known = np.clip(known[np.isfinite(known) & (known > 0)], *RATIO_EDGES)
    spread = max([np.log10(1.6), *np.abs(np.log10(known))]) * 1.1
    return ratio_axis(10.0**-spread, 10.0**spread, ROOM_IN_A_PANEL)


def _months(points: pd.DataFrame, levels: pd.DataFrame) -> dict[str, object]:
    x = [*_middles(points), *_numbers(levels)] or [0.0]
    first, last = int(np.floor(min(x))), int(np.ceil(max(x)))
    ends = {"range": [first - 1.5, last + 1.5]}
    if len(levels) and "-" not in str(levels["period"].iloc[0]):
        return {"tickvals": _numbers(levels), "ticktext": levels["period"].tolist(), **ends}
    years = [month for month in range(first, last + 1) if (month - 3) % 12 == 0]
    return {"tickvals": years, "ticktext": [f"Apr {m // 12}" for m in years], **ends}


def _numbers(levels: pd.DataFrame) -> list[float]:
    if levels.empty:
        return []
    numbers, unit = period_numbers(levels["period"])
    return [float(n if unit == "month" else 12 * (n - 1) + 8.5) for n in numbers]


def _middles(points: pd.DataFrame) -> list[float]:
    sizes = points["period_length"].map(PERIOD_LENGTHS).to_numpy(float)
    return [*(points["step"].to_numpy(float) * sizes + 3 + (sizes - 1) / 2)]


def _drawn(values: pd.Series) -> np.ndarray:
    return np.clip(values.to_numpy(float), *RATIO_EDGES)


def _paths(points: pd.DataFrame, levels: pd.DataFrame) -> list[go.Scatter]:
    x = np.array(_numbers(levels))
    inside = levels["lower"].notna().to_numpy()
    edge = [*_drawn(levels["upper"][inside]), *_drawn(levels["lower"][inside])[::-1]]
    there, shown = bool(inside.any()), len(points) > 0
    length = points["period_length"].iloc[0] if shown else "period"
    broken = np.flatnonzero(levels["phase"].ne(levels["phase"].shift()).to_numpy())[1:]
    band = go.Scatter(
        x=[*x[inside], *x[inside][::-1]], y=edge, fill="toself", fillcolor=BAND, mode="lines", line={"width": 0},
        hoverinfo="skip", name="its 95 % interval, over all the time since", showlegend=there,
    )  # fmt: skip
    expected = go.Scatter(
        x=np.insert(x, broken, np.nan), y=np.insert(_drawn(levels["expected"]), broken, np.nan), mode="lines",
        line={"color": palette.GROUP, "width": 2, "dash": "dash"}, hoverinfo="skip", showlegend=there,
        name="before, and expected without it",
    )  # fmt: skip
    seen = go.Scatter(
        x=_middles(points), y=_drawn(points["ratio"]), mode="lines+markers", name=f"seen, by {length}",
        text=[f"{p}: {times(v)}" for p, v in zip(points["period"], points["ratio"], strict=True)],
        hovertemplate="%{text}<extra></extra>", line={"color": palette.FAINT, "width": 1.5}, showlegend=shown,
        marker={"size": 6, "color": palette.INK},
    )  # fmt: skip
    return [band, expected, seen]


def _effects(effect: pd.Series, rebound: pd.DataFrame) -> list[go.Scatter]:
    axes, known = {"xaxis": "x2", "yaxis": "y2", "showlegend": False}, not pd.isna(effect["effect"])
    value, low, high = (np.clip(float(effect[c]), *RATIO_EDGES) for c in ("effect", "lower", "upper"))
    colour = verdict_colour(effect)
    text = f"{effect_words(effect)}: {verdict_cell(effect)}"
    interval_line = go.Scatter(
        x=[low, high] if known else [], y=[EFFECT] * 2 if known else [], mode="lines", hoverinfo="skip",
        line={"color": colour, "width": 3}, **axes,
    )  # fmt: skip
    dot = go.Scatter(
        x=[value] if known else [], y=[EFFECT] if known else [], mode="markers", text=[text],
        hovertemplate="%{text}<extra></extra>",
        marker={
            "size": 15, "symbol": SYMBOLS[effect["verdict"]], "color": colour, "line": {"width": 2, "color": colour}
        },
        **axes,
    )  # fmt: skip
    refusal = go.Scatter(
        x=[] if known else [1], y=[] if known else [EFFECT], mode="text", hoverinfo="skip",
        text=[] if known else ["<br>".join(wrap(text, 60))], textfont={"size": 13, "color": palette.MUTED}, **axes,
    )  # fmt: skip
    ends = _drawn(rebound[["lower", "upper"]].iloc[0]) if len(rebound) else np.array([])
    bar = go.Scatter(
        x=ends, y=[REBOUND] * len(ends), mode="lines", line={"color": palette.BOUNDS, "width": 14}, hoverinfo="skip",
        **axes,
    )  # fmt: skip
    marks = [] if rebound.empty else [*_drawn(rebound[["seen", "rebound"]].iloc[0])]
    drawn = go.Scatter(
        x=marks, y=[SEEN, REBOUND][: len(marks)], mode="markers", text=[times(m) for m in marks],
        hovertemplate="%{y}: %{text}<extra></extra>",
        marker={"size": 11, "symbol": ["diamond", "line-ns"][: len(marks)], "color": palette.INK,
                "line": {"width": 2, "color": palette.INK}}, **axes,
    )  # fmt: skip
    return [interval_line, dot, refusal, bar, drawn]
