"""Outlooks of one organisation in; the answer to "where are bands 8a to VSM heading, and what would move them?" out."""

from dataclasses import dataclass, replace

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME
from equity_metrics.change.planning.band_outlooks import BandOutlooks, FlowAssumptions
from equity_metrics.change.planning.model_employer import model_employer_trajectories
from equity_metrics.change.planning.upper_bands import ALL_BANDS, UPPER
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.on_screen import on_screen
from equity_metrics.views.what_would_it_take.bands_ahead_figure import bands_ahead_figure
from equity_metrics.views.what_would_it_take.bands_ahead_words import outlook_notes, outlook_sentence, parity_cell
from equity_metrics.views.words.missing_values import missing_notes, value_words
from equity_metrics.views.words.wording import interval, people, percent

NO_LINE = pd.DataFrame({"period": [], "share": []}, dtype=float)


@dataclass(frozen=True)
class OutlookChoice:
    """What is looked at: a lever, a group and a year; and the years between which the line to the aim is drawn."""

    organisation: str
    lever: str
    group: str
    year: str
    aim_years: tuple[int, int] = (2018, 2028)

    @property
    def grouping(self) -> str:
        """Where the group stands: White and BME together, or the five groups."""
        return WHITE_BME if self.group in ("White", "BME") else FIVE_GROUPS


def outlooks_of_group(outlooks: BandOutlooks, choice: OutlookChoice) -> BandOutlooks:
    """Keep the rows of the chosen group.

    Parameters
    ----------
    outlooks
        From ``band_outlooks``, of the chosen organisation.
    choice
        Gives the group.

    Returns
    -------
    BandOutlooks
    """
    tables = {name: getattr(outlooks, name) for name in ("counted", "ahead", "parity")}
    own = {
        name: table[(table["group"] == choice.group) & (table["grouping"] == choice.grouping)]
        for name, table in tables.items()
    }
    return replace(outlooks, **own)


def bands_ahead_answer(outlooks: BandOutlooks, choice: OutlookChoice, assumptions: FlowAssumptions) -> Answer:
    """Answer for one group, lever and year.

    Parameters
    ----------
    outlooks
        From ``outlooks_of_group``, of the chosen organisation and group.
    choice
        What is looked at.
    assumptions
        With which the outlooks were made; every one is printed.

    Returns
    -------
    Answer
        For the internal audience of real data one that is shown on screen only.
    """
    counted, ahead, parity = outlooks.counted, outlooks.ahead, outlooks.parity
    upper = counted[counted["band"] == UPPER].sort_values("period")
    upper = upper.assign(share=upper["numerator"] / upper["denominator"])
    path = ahead[ahead["lever"] == choice.lever]
    chosen, reached = path[path["period"] == choice.year].iloc[0], parity[parity["lever"] == choice.lever].iloc[0]
    whole = counted[(counted["band"] == ALL_BANDS) & (counted["period"] == str(outlooks.start))].iloc[0]
    target = float(whole["numerator"] / whole["denominator"])
    needed, line = _line_to_the_aim(upper, target, choice)
    shown = path if not chosen["withheld"] else path.assign(share=float("nan"))
    figure = bands_ahead_figure(upper, shown, needed, target, choice.year)
    table = _table(ahead[ahead["period"] == choice.year], parity)
    place = choice.organisation
    start = upper[upper["period"] == str(outlooks.start)].iloc[0]
    sentence = outlook_sentence(chosen, start, reached, place, path["period"].iloc[-1])
    notes = [f"Source: {', '.join(sorted(set(upper['source'])))}. What if: {choice.lever}."]
    if upper["source"].str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    notes += outlook_notes(outlooks.basis, assumptions, choice.aim_years, line)
    alt = (
        f"{choice.group}, share of bands 8a to VSM at {place}, {upper['period'].iloc[0]} to {path['period'].iloc[-1]}. "
    )
    answer = Answer(
        sentence, table, say_synthetic(figure, upper["source"]), alt + sentence,
        (*notes, *missing_notes(table.to_numpy().ravel())),
    )  # fmt: skip
    real = not upper["source"].str.startswith("Synthetic").all()
    return on_screen(answer) if real and (upper["audience"] == INTERNAL).any() else answer


def _line_to_the_aim(upper: pd.DataFrame, target: float, choice: OutlookChoice) -> tuple[pd.DataFrame, str]:
    """Draw the straight line where its first year is known, and say how far from it the last counted year is."""
    first, _ = choice.aim_years
    known = upper[upper["share"].notna()].set_index("period")
    if pd.isna(target) or str(first) not in known.index or known.index[-1] == str(first):
        return NO_LINE, f"It is not drawn here: the numbers of {first} are withheld or not in the data."
    size, years = known["denominator"], int(known.index[-1]) - first
    growth = (size.iloc[-1] / size[str(first)]) ** (1 / years) - 1
    line = model_employer_trajectories(
        known.reset_index(), choice.group, bands=[UPPER], years=choice.aim_years, target=target, growth=growth
    )
    at = line[line["observed"].notna()].iloc[-1]
    told = (
        f"The bands grow as they did since {first} ({percent(growth)} a year). In {at['period']} the line asks for "
        f"{people(at['needed'])} people of the group; there were {people(at['observed'])}: "
        f"{people(at['more'])} more would be on it."
    )
    ahead = line["period"].astype(int) - first
    return line.assign(share=line["needed"] / (size[str(first)] * (1 + growth) ** ahead)), told


def _table(rows: pd.DataFrame, parity: pd.DataFrame) -> pd.DataFrame:
    reached = parity.set_index("lever").loc[rows["lever"]]
    return pd.DataFrame(
        {
            "What if": rows["lever"],
            "Share": [value_words(r.share, r.withheld, percent) for r in rows.itertuples()],
            "95 % of futures": [interval(r.lower, r.upper, percent) for r in rows.itertuples()],
            "People": [value_words(r.headcount, r.withheld, people) for r in rows.itertuples()],
            "Reaches its share of all bands": [parity_cell(r) for r in reached.itertuples()],
            "Futures that do": [value_words(r.chance, r.withheld, _whole_percent) for r in reached.itertuples()],
        }
    )


def _whole_percent(value: float) -> str:
    return percent(value, 0)
