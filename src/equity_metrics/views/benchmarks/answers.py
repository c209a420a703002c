"""Released counts of many organisations in; the answer to "where do we stand among our peers?" out."""

from dataclasses import dataclass

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.measures.fairness.funnel_lines import chance_limits, funnel_lines, funnel_positions, funnel_sizes
from equity_metrics.measures.fairness.peer_funnels import peer_funnels
from equity_metrics.measures.fairness.ranks import ranks
from equity_metrics.measures.presentation import TURNED
from equity_metrics.views.answers import Answer
from equity_metrics.views.benchmarks.figure import benchmark_figure
from equity_metrics.views.benchmarks.words import benchmark_notes, benchmark_sentence, benchmark_table, rank_words
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.words.missing_values import missing_notes
from equity_metrics.views.words.wording import short_group

RATE, RATIO = "The group's own rate", "Relative likelihood"
MEASURES = (RATIO, RATE)
CHANCE, WIDENED = "By chance alone", "Widened for differences between places"
LIMITS = (CHANCE, WIDENED)
EVERYWHERE = ""
"""Peers are all organisations of the table."""


@dataclass(frozen=True)
class BenchmarkChoice:
    """What is looked at: one organisation, indicator and group, as a rate or against a reference, among its peers."""

    organisation: str
    indicator: str
    grouping: str
    group: str
    reference: str
    period: str
    measure: str = RATIO
    peers: str = EVERYWHERE
    limits: str = CHANCE

    @property
    def sides(self) -> tuple[str, str]:
        """The group that stands above and the one below the line of the ratio, as WRES prints the indicator."""
        return (self.reference, self.group) if self.indicator in TURNED else (self.group, self.reference)

    @property
    def scale(self) -> Scale:
        """The axis that the choice asks for."""
        if self.measure == RATE:
            return Scale("rate", f"% of {short_group(self.group)} {INDICATORS[self.indicator].people}", "rate")
        above, below = map(short_group, self.sides)
        return Scale("ratio", f"relative likelihood, {above} / {below} (log scale)", "relative likelihood")


def benchmark_places(counts: pd.DataFrame, choice: BenchmarkChoice) -> pd.DataFrame:
    """Place and rank every organisation among its peers.

    Parameters
    ----------
    counts
        Released counts of every organisation: one indicator, grouping and period.
    choice
        What is looked at; ``organisation`` and ``limits`` do not matter here.

    Returns
    -------
    DataFrame
        What ``peer_funnels`` and ``ranks`` find, one row for each organisation; a ratio has the sides that WRES prints.
    """
    if choice.measure == RATE:
        rows = counts[counts["group"] == choice.group]
    else:
        # Turned by exchanging the two groups: limits, target and rank turn with them.
        above, below = choice.sides
        rows = relative_likelihoods(counts[counts["group"].isin([above, below])], reference=below)
    ranked = ranks(rows, peers=choice.peers or None)
    found = ["rank", "rank_lower", "rank_upper", "ranked"]
    return peer_funnels(rows, peers=choice.peers).assign(**{column: ranked[column] for column in found})


def benchmark_answer(places: pd.DataFrame, choice: BenchmarkChoice) -> Answer:
    """Answer for one organisation among its peers.

    Parameters
    ----------
    places
        What :func:`benchmark_places` returns.
    choice
        What is looked at.

    Returns
    -------
    Answer
    """
    indicator = INDICATORS[choice.indicator]
    own = places[places["organisation"] == choice.organisation].iloc[0]
    name = own[choice.peers] if choice.peers else "all organisations"
    among = places[places[choice.peers] == name] if choice.peers else places
    widened = choice.limits == WIDENED
    among = among.assign(position=funnel_positions(among)) if widened else chance_limits(among)
    own = among.loc[own.name]
    shown = among[among["value"].notna()]
    drawn = shown.assign(
        size=funnel_sizes(shown),
        order=shown["rank"].rank(method="first").astype(float),
        is_chosen=shown["organisation"] == choice.organisation,
    )
    ratio = choice.measure == RATIO
    figure = benchmark_figure(
        drawn,
        funnel_lines(among),
        choice.scale,
        chosen=choice.organisation,
        size_title="effective number of events" if ratio else f"{short_group(choice.group)} {indicator.people}",
    )
    sentence = benchmark_sentence(own, among, name, choice.scale, choice.organisation, choice.period, widened=widened)
    write = choice.scale.write
    alt = (
        f"{indicator.name}, {choice.group}, {choice.period}. {choice.scale.title}. Funnel of {len(shown)} "
        f"organisations around {write(among['target'].max())}; {choice.organisation} {write(own['value'])}, "
        f"{own['position'] or 'not placed'}. {rank_words(own)} No other organisation is named."
    )
    table = benchmark_table(own, among, choice.scale, name)
    notes = benchmark_notes(among, widened, ratio)
    return Answer(
        f"{indicator.name}: {sentence}",
        table,
        say_synthetic(figure, places["source"]),
        alt,
        (*notes, *missing_notes(table["Number"])),
    )
