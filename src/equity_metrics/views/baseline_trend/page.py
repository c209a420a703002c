"""Complete monthly counts in; a table of small charts, icons and words, with its chance of a false flag, out."""

from dataclasses import replace
from html import escape

import ipywidgets as widgets
import pandas as pd

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY, INTERNAL, PUBLISH, DisclosurePolicy
from equity_metrics.change.charts.chart_verdicts import chart_verdicts
from equity_metrics.change.charts.charted_values import paired_rows
from equity_metrics.change.charts.false_flags import page_false_flag_chance
from equity_metrics.change.charts.publishable_series import publishable_series
from equity_metrics.change.charts.special_causes import COMMON_CAUSE
from equity_metrics.views.baseline_trend.choice import (
    NO_TARGET,
    NOT_HELD,
    Trend,
    TrendChoice,
    calculated_trend,
    charts_shown,
)
from equity_metrics.views.baseline_trend.scale import DAYS, RATE, RATIO
from equity_metrics.views.baseline_trend.words import SHORT, chance_words
from equity_metrics.views.drawing.on_screen import REFUSAL
from equity_metrics.views.drawing.sparkline import GLYPHS, sparkline
from equity_metrics.views.tables import STYLE

ASSURED = {"consistent pass": "P passes", "consistent fail": "F falls short", "inconsistent": "? hit or miss", "": ""}
FEW = 5
"""Charts with a flag that the sentence names."""
SELDOM = 0.1
_LOOK = """<style>
.em-table.em-page th,.em-table.em-page td{text-align:left;white-space:normal;padding:.2em .5em;font-size:.9em}
</style>"""


class BaselineTrendPage:
    """Small charts of all organisations for one group, or of all groups at one organisation, in one table.

    Parameters
    ----------
    counts
        Complete counts by month, of one level and grouping.
    indicator
        Its id.
    group, organisation
        One of the two: the group whose organisations, or the organisation whose groups, are the rows.
    charted, target, hold
        As in ``BaselineTrendExplorer``; the page's chance of a false flag is held over all its charts.
    audience, policy, reference
        As in ``BaselineTrendExplorer``.
    """

    def __init__(
        self,
        counts: pd.DataFrame,
        indicator: str,
        *,
        group: str | None = None,
        organisation: str | None = None,
        charted: str = RATIO,
        target: str = NO_TARGET,
        hold: str = NOT_HELD,
        audience: str = PUBLISH,
        policy: DisclosurePolicy = DISCLOSURE_POLICY,
        reference: str = "White",
    ) -> None:
        if charted not in (RATE, RATIO, DAYS):
            raise ValueError(f"charted must be one of {RATE}, {RATIO}, {DAYS}, got: {charted}")
        if (group is None) == (organisation is None):
            raise ValueError(f"group or organisation must be given, one of them, got: {group} and {organisation}")
        shown = publishable_series(counts[counts["indicator"] == indicator], policy, audience, beside=reference)
        rows = paired_rows(shown, reference)
        key, value = ("group", group) if organisation is None else ("organisation", organisation)
        rows = rows[rows[key] == value]
        if rows.empty:
            raise ValueError(f"{key} must be one of those in counts, got: {value}")
        by = "organisation" if key == "group" else "group"
        self._on_screen = audience == INTERNAL and not rows["source"].str.startswith("Synthetic").all()
        self._synthetic = bool(rows["source"].str.startswith("Synthetic").any())
        self._trends = _trends(rows, TrendChoice("", indicator, "", charted, target=target, hold=hold), reference)
        self.table = _table(self._trends, by)
        self.sentence = _sentence(self._trends, by, hold)

    def html(self) -> str:
        """Write sentence and table, each row with its small chart."""
        first, *others = self.table.columns
        head = "".join(f'<th scope="col">{escape(column)}</th>' for column in [first, "Chart", *others])
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th><td>{_drawing(trend, rest)}</td>'
            f"{''.join(f'<td>{escape(word)}</td>' for word in rest)}</tr>"
            for trend, (name, *rest) in zip(self._trends, self.table.itertuples(index=False), strict=True)
        )
        synthetic = " Synthetic data." if self._synthetic else ""
        caption = f"{self._trends[0].indicator.name}: {self._trends[0].drawn.scale.title.partition(',')[0]}.{synthetic}"
        table = f'<table class="em-table em-page"><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>'
        return f'{STYLE}{_LOOK}<p class="em-sentence">{escape(self.sentence)}</p>{table}'

    def _repr_mimebundle_(self, **kwargs: object) -> object:
        if self._on_screen:
            live = widgets.HTML(self.html())._repr_mimebundle_(**kwargs)
            return {**live, "text/plain": REFUSAL}
        return {"text/html": self.html(), "text/plain": f"{self.sentence}\n{self.table.to_string(index=False)}"}


def _trends(rows: pd.DataFrame, choice: TrendChoice, reference: str) -> list[Trend]:
    """Calculate every row; a page's chance is held over the charts that can be shown."""
    cells = [
        (part, replace(choice, organisation=place, group=group, reference=reference))
        for (place, group), part in rows.groupby(["organisation", "group"], sort=False)
    ]
    charts = charts_shown([part for part, _ in cells], choice.charted)
    return [calculated_trend(part, own, charts) for part, own in cells]


def _table(trends: list[Trend], by: str) -> pd.DataFrame:
    return pd.DataFrame([_row(trend, by) for trend in trends])


def _row(trend: Trend, by: str) -> dict[str, str]:
    name = {by.capitalize(): getattr(trend.choice, by)}
    if trend.why_not:
        empty = dict.fromkeys(["Flagged points", "Target", "Chart kind", "Chance of a false flag"], "")
        return {**name, "Value": "not shown", "Latest point": trend.why_not, **empty}
    verdict = chart_verdicts(trend.charted, keys=[], target=trend.target).iloc[0]
    flagged = int((trend.charted["variation"] != COMMON_CAUSE).sum())
    return {
        **name,
        "Value": f"{verdict['period']}: {trend.drawn.scale.write(verdict['value'])}",
        "Latest point": f"{GLYPHS[verdict['variation']]} {SHORT[verdict['variation']]}",
        "Flagged points": f"{flagged} of {len(trend.charted)}",
        "Target": ASSURED[verdict["assurance"]],
        "Chart kind": f"{trend.kind.name}{', trial' if verdict['trial_limits'] else ''}",
        "Chance of a false flag": chance_words(verdict["false_flag_chance"]),
    }


def _sentence(trends: list[Trend], by: str, hold: str) -> str:
    shown = [trend for trend in trends if not trend.why_not]
    if not shown:
        return f"None of {len(trends)} series can be shown."
    chances = [float(trend.charted["false_flag_chance"].iloc[-1]) for trend in shown]
    latest = pd.Series([trend.charted["variation"].iloc[-1] for trend in shown]).value_counts()
    now = ", ".join(f"{latest[kind]} {SHORT[kind]}" for kind in SHORT if kind in latest)
    flagged = [getattr(t.choice, by) for t in shown if (t.charted["variation"] != COMMON_CAUSE).any()]
    named = f" ({', '.join(flagged)})" if 0 < len(flagged) <= FEW else ""
    count = f"{len(flagged) or 'No'} chart{' has' if len(flagged) == 1 else 's have'}"
    alone = f"about {sum(chances):.1f}" if sum(chances) >= SELDOM else f"fewer than {SELDOM}"
    held = ", held by wider limits" if hold != NOT_HELD else ""
    return (
        f"{len(shown)} of {len(trends)} series can be charted; their latest points: {now}. "
        f"{count} a flag at some point{named}; if nothing had ever changed, {alone} would. "
        f"The chance that this page shows any false flag is {chance_words(page_false_flag_chance(chances))}{held}."
    )


def _drawing(trend: Trend, words: list[str]) -> str:
    return "" if trend.why_not else sparkline(trend.charted, f"{words[0]}; {words[1]}; {words[2]}")
