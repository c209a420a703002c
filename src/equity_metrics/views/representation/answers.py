"""Bands and boards beside the workforce in; the answer to "do staff of every group reach every band?" out."""

from dataclasses import dataclass

import pandas as pd

from equity_metrics.catalogue.bands import ALL_STAFF, ALL_STAFF_GROUPS, BANDS
from equity_metrics.catalogue.indicators import BOARD_PARTS
from equity_metrics.measures.fairness.band_clusters import TIER
from equity_metrics.measures.fairness.decisions import NOBODY, Verdict
from equity_metrics.measures.representation import BANDS_INDICATOR, BOARD_INDICATOR
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.verdict_signs import BEYOND_CHANCE, NO_VERDICT
from equity_metrics.views.representation.figure import representation_figure
from equity_metrics.views.representation.words import (
    band_sentence,
    board_sentence,
    disparity_decision,
    representation_notes,
    representation_table,
)
from equity_metrics.views.words.missing_values import missing_notes
from equity_metrics.views.words.sentences import alt_text
from equity_metrics.views.words.wording import short_group

EACH_BAND, CLUSTERS, BOARD = "Each pay band", "Clusters of bands", "The board"
SHOW = (EACH_BAND, CLUSTERS, BOARD)
NO_TIERS = "doctors and dentists are in no tier of pay bands"
NOT_COUNTED = "no tiers were counted before release"


@dataclass(frozen=True)
class RepresentationChoice:
    """What is looked at: one place and year, one group against a reference, bands or the board."""

    organisation: str
    grouping: str
    group: str
    reference: str
    period: str
    staff_group: str = ALL_STAFF_GROUPS
    show: str = EACH_BAND
    system: str = ""
    """The place's system, set beside it; empty where there is none."""


STEPS = ("lower to middle", "middle to upper", "lower to upper")
"""In the order in which they are read; steps between a reader's own tiers stand as they are made."""


def representation_answer(compared: pd.DataFrame, ratios: pd.DataFrame, choice: RepresentationChoice) -> Answer:
    """Answer for one place, grouping and year.

    Parameters
    ----------
    compared
        What ``representation`` makes of released counts of the place. Clusters and tiers are bands of which ``made_of``
        says what they are made of.
    ratios
        Race disparity ratios of the chosen group, reference and kind of staff, of the place and of its system; may be
        empty.
    choice
        What is looked at.

    Returns
    -------
    Answer
    """
    counts, compared = compared, compared[compared["group"] == choice.group]
    whole = compared["reference_numerator"].iloc[0] / compared["reference_denominator"].iloc[0]
    short = short_group(choice.group)
    if choice.show == BOARD:
        shown, ratios = _in_order(compared[compared["indicator"] == BOARD_INDICATOR], BOARD_PARTS), ratios.iloc[:0]
        shares, beside = _band_dots(shown), _appointments(shown, short)
        scales = (Scale("rate", "share of board members", "%"), Scale("gap", "board minus all staff", "points"))
        titles = (f"{short} members of the board", "What one appointment changes")
        sentence = board_sentence(shown, whole, choice.organisation, choice.group, choice.period)
    else:
        shown, ratios = _shown_bands(compared, choice), _in_steps(ratios, compared, choice)
        shares, beside = _band_dots(shown), _ratio_dots(ratios)
        axis = f"{short_group(choice.reference)} / {short} (log scale)"
        scales = (Scale("rate", "share of the band", "%"), Scale("ratio", axis, "ratio"))
        titles = (f"{short} staff in each band", "Race disparity ratio")
        sentence = band_sentence(
            shares, _widest(ratios), whole, choice.organisation, choice.group, choice.reference, choice.period,
            choice.staff_group,
        )  # fmt: skip
    title = f"{choice.group} in {choice.organisation}, {choice.period}"
    table = representation_table(shown, shares, beside, ratios, scales)
    notes = representation_notes(counts, choice.show == BOARD, choice.staff_group)
    return Answer(
        sentence,
        table,
        say_synthetic(representation_figure(shares, beside, scales, titles, whole), counts["source"]),
        " ".join(alt_text(rows, scale, title) for rows, scale in zip((shares, beside), scales, strict=True)),
        (*notes, *missing_notes(table.to_numpy().ravel())),
    )


def _shown_bands(compared: pd.DataFrame, choice: RepresentationChoice) -> pd.DataFrame:
    rows = compared[(compared["indicator"] == BANDS_INDICATOR) & (compared["staff_group"] == choice.staff_group)]
    bands = [band for band in BANDS if band != ALL_STAFF]
    if choice.show == CLUSTERS:
        together = rows[(rows["made_of"] != "") & ~rows["band"].str.startswith(TIER)]
        held = set("; ".join(together["made_of"]).split("; "))
        bands = [*dict.fromkeys(together["band"]), *(band for band in bands if band not in held)]
    shown = _in_order(rows, (*bands, ALL_STAFF))
    return shown.assign(band=shown["band"].replace(ALL_STAFF, f"All {choice.staff_group.lower()} staff"))


def _in_order(rows: pd.DataFrame, bands: tuple[str, ...]) -> pd.DataFrame:
    rows = rows[rows["band"].isin(bands)]
    return rows.sort_values("band", key=lambda names: names.map(bands.index)).reset_index(drop=True)


def _band_dots(shown: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": [f"Band {band}" if band[0].isdigit() else band for band in shown["band"]],
            "value": shown["group_value"].where(shown["withheld"] == ""),
            # What chance alone could do to the gap, laid around the group's share of the whole workforce it is from.
            "lower": (shown["reference_value"] + shown["lower"]).clip(0, 1),
            "upper": (shown["reference_value"] + shown["upper"]).clip(0, 1),
            "reference_value": shown["reference_value"],
            # Open where chance alone could do it; a full count has no other verdict, and no side to be against.
            "verdict": [
                Verdict.NOT_ENOUGH if row.lower <= 0 <= row.upper else BEYOND_CHANCE for row in shown.itertuples()
            ],
            "against": NOBODY,
            "is_reference": False,
            "withheld": _own_reason(shown),
        }
    )


def _appointments(shown: pd.DataFrame, group: str) -> pd.DataFrame:
    """Lay out each part's gap from the workforce, as it is and with one more member of the group."""
    now = pd.DataFrame({"label": shown["band"], "value": shown["value"], "is_reference": False})
    more = pd.DataFrame(
        {
            "label": shown["band"] + f": one more {group}",
            "value": shown["value"] + shown["one_appointment"],
            "is_reference": True,
        }
    )
    both = pd.concat([now, more]).sort_index(kind="stable")
    why = pd.concat([_own_reason(shown)] * 2).sort_index(kind="stable")
    why = why.mask(both["value"].isna() & (why == ""), "all members are of the group")
    nothing = {"lower": float("nan"), "upper": float("nan"), "verdict": NO_VERDICT, "against": NOBODY}
    return both.assign(**nothing, withheld=why).reset_index(drop=True)


def _own_reason(shown: pd.DataFrame) -> "pd.Series[str]":
    pairs = zip(shown["withheld"], shown["band"], strict=True)
    return pd.Series([why.removeprefix(f"{band}: ") for why, band in pairs], index=shown.index, dtype="str")


def _in_steps(ratios: pd.DataFrame, compared: pd.DataFrame, choice: RepresentationChoice) -> pd.DataFrame:
    """Lay out the place's ratios, then those of its system, in the order of the steps; or one row that says why not."""
    if ratios.empty:
        why = NO_TIERS if compared["band"].str.startswith(TIER).any() else NOT_COUNTED
        empty = {"organisation": [choice.organisation], "step": ["between tiers"], "withheld": [why]}
        return pd.DataFrame(empty).assign(value=float("nan"), lower=float("nan"), upper=float("nan"))
    system = ratios["organisation"] != choice.organisation
    steps = ratios["step"].map({step: i for i, step in enumerate(STEPS)}).fillna(0)
    return ratios.iloc[(steps + len(STEPS) * system).argsort(kind="stable")].reset_index(drop=True)


def _widest(ratios: pd.DataFrame) -> pd.Series:
    """Find the place's ratio over the widest step."""
    return ratios[ratios["organisation"] == ratios["organisation"].iloc[0]].iloc[-1]


def _ratio_dots(ratios: pd.DataFrame) -> pd.DataFrame:
    own = ratios["organisation"] == ratios["organisation"].iloc[0]
    place = ratios["organisation"].where(~own, "")
    decided = [(disparity_decision(row), pd.notna(row["value"])) for _, row in ratios.iterrows()]
    return pd.DataFrame(
        {
            "label": ratios["step"].where(own, ratios["step"] + ", " + place),
            **{column: ratios[column] for column in ("value", "lower", "upper", "withheld")},
            "verdict": [str(d.verdict) if known else NO_VERDICT for d, known in decided],
            "against": [d.against if known else NOBODY for d, known in decided],
            "is_reference": ~own,
        }
    ).reset_index(drop=True)
