"""Released counts of WRES indicators in; the answer to "where is our biggest gap, and for whom?" out."""

from collections.abc import Callable, Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS, groups_of
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.fairness.decisions import GROUP
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import presented
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.two_scales import two_scales_figure
from equity_metrics.views.drawing.verdict_signs import SIGN_NOTE, verdict_words
from equity_metrics.views.explorer import Explorer, choose, offer
from equity_metrics.views.words.missing_values import missing_notes, value_words
from equity_metrics.views.words.sentences import alt_text, counts_words
from equity_metrics.views.words.wording import at, first_down, interval, people_in, points, times

RATIOS = tuple(i.id for i in INDICATORS.values() if i.kind == "rate" and i.shown_as != "gap")
GAPS = tuple(i.id for i in INDICATORS.values() if i.kind == "rate" and i.shown_as == "gap")
SCALES = (
    Scale("ratio", "log scale; right of 1: a disadvantage", "relative likelihood"),
    Scale("gap", "percentage points (7: lower is worse)", "percentage points"),
)


def biggest_gap_answer(counts: pd.DataFrame, organisation: str, period: str, group: str, reference: str) -> Answer:
    """Lay indicators 2 to 8 side by side for one group, and name the largest gap of each kind.

    Parameters
    ----------
    counts
        Released counts of one organisation, period and grouping; indicators 2 to 8.
    organisation, period, group, reference
        What is looked at, for the words.

    Returns
    -------
    Answer
    """
    ratios = _compared(counts[counts["indicator"].isin(RATIOS)], relative_likelihoods, group, reference)
    differences = _compared(counts[counts["indicator"].isin(GAPS)], gaps, group, reference)
    dots = _dots(ratios), _dots(differences)
    place = f"In {period} {at(organisation)}"
    who = f"{place}, {people_in(group, 'people')} are compared with {people_in(reference, 'people')}."
    sentence = f"{who} {_largest_ratio(ratios)} {_largest_gap(differences)}"
    notes = [
        f"Source: {', '.join(sorted(set(counts['source'])))}. Representation (1 and 9) is in the next notebook.",
        "The largest of several gaps is partly chance: look at the interval, and at the years before.",
        SIGN_NOTE,
        "Shaded: 0.8 to 1.25, the range that WRES reads as not adverse. For gaps none is published: this project takes "
        "2 percentage points either way.",
    ]
    if counts["source"].str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    alt = " ".join(
        alt_text(d, s, f"{group} compared with {reference}, {organisation}, {period}")
        for d, s in zip(dots, SCALES, strict=True)
    )
    table = pd.concat([_table(ratios, times), _table(differences, points)], ignore_index=True)
    notes += missing_notes(table["Value"])
    figure = say_synthetic(two_scales_figure(*dots, SCALES), counts["source"])
    return Answer(sentence, table, figure, alt, tuple(notes))


def _compared(counts: pd.DataFrame, compare: Callable[..., pd.DataFrame], group: str, reference: str) -> pd.DataFrame:
    if counts.empty:
        columns = ["indicator", "value", "lower", "upper", "withheld", "heading", "verdict", "against", "words"]
        return pd.DataFrame(columns=columns)
    compared = compare(counts, reference=reference)
    compared = presented(verdicts(compared[compared["group"] == group]))
    return compared.sort_values("indicator").reset_index(drop=True)


def _dots(compared: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": [f"{i}. {INDICATORS[i].name}" for i in compared["indicator"]],
            **{c: compared[c].astype(float) for c in ("value", "lower", "upper")},
            **{c: compared[c] for c in ("withheld", "verdict", "against")},
            "is_reference": False,
        }
    )


def _adverse(compared: pd.DataFrame) -> pd.Series:
    """How far each gap lies to the group's disadvantage; a belief in fairness is worse when it is lower."""
    better = compared["indicator"].map(lambda i: -1.0 if INDICATORS[i].better == "higher" else 1.0)
    return compared["value"].astype(float) * better


def _largest_ratio(ratios: pd.DataFrame) -> str:
    shown = ratios[ratios["value"].notna()]
    if shown.empty:
        return "No relative likelihood can be shown."
    if shown["value"].max() <= 1:
        return "None of the relative likelihoods that can be shown is above 1."
    row, told = _largest(shown, shown["value"].astype(float))
    return (
        f"{told.format('relative likelihood')} {times(row['value'])} ({row['heading']}, "
        f"95 % interval {interval(row['lower'], row['upper'], times)}). That is {_name(row)}. {row['words']}"
    )


def _largest_gap(differences: pd.DataFrame) -> str:
    shown = differences[differences["value"].notna()]
    if shown.empty:
        return "No gap in the survey can be shown."
    if _adverse(shown).max() <= 0:
        return "None of the survey gaps that can be shown is to the group's disadvantage."
    row, told = _largest(shown, _adverse(shown))
    return (
        f"{told.format('gap in the survey')} {points(row['value'])} percentage points "
        f"(95 % interval {interval(row['lower'], row['upper'], points)}). That is {_name(row)}. {row['words']}"
    )


def _largest(shown: pd.DataFrame, adverse: pd.Series) -> tuple[pd.Series, str]:
    """Prefer what can be told from chance: the largest estimate of all is often the least certain one."""
    evident = adverse[shown["against"] == GROUP]
    if evident.empty:
        return shown.loc[adverse.idxmax()], "No {} can be told from chance. The largest estimate is"
    return shown.loc[evident.idxmax()], "The largest {} that chance alone does not explain is"


def _name(row: pd.Series) -> str:
    name = INDICATORS[row["indicator"]].name
    return f"indicator {row['indicator']}, {first_down(name)}"


def _table(compared: pd.DataFrame, write: Callable[[float], str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Indicator": [f"{i}. {INDICATORS[i].name}" for i in compared["indicator"]],
            "Compared": compared["heading"],
            "Group": [counts_words(r.numerator, r.denominator, r.withheld) for r in compared.itertuples()],
            "Reference": [
                counts_words(r.reference_numerator, r.reference_denominator, r.withheld) for r in compared.itertuples()
            ],
            "Value": [value_words(r.value, r.withheld, write) for r in compared.itertuples()],
            "95 % interval": [interval(r.lower, r.upper, write) for r in compared.itertuples()],
            "Verdict": [verdict_words(r.verdict, r.against, r.group, r.reference) for r in compared.itertuples()],
            "Note": compared["withheld"],
        }
    )


class BiggestGapExplorer(Explorer):
    """Choose an organisation, the ethnic groups and the year, and see where the largest gap is.

    Parameters
    ----------
    released
        Counts of indicators 2 to 8 after ``release``.
    chosen
        First choices by trait name.
    """

    organisation = traitlets.Unicode()
    grouping = traitlets.Unicode()
    group = traitlets.Unicode()
    reference = traitlets.Unicode()
    period = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        self._rows = released[released["indicator"].isin([*RATIOS, *GAPS])]
        # Workforce and survey record different categories, so only the wider groupings hold every indicator.
        self._rows = self._rows[self._rows["grouping"].isin(["White / BME", "Five groups"])]
        if self._rows.empty:
            raise ValueError("released must hold indicators 2 to 8 by White / BME or by five groups, got: none of them")
        self._cells = self._rows.groupby(["organisation", "grouping", "period"]).indices
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        return {
            "organisation": choose("Organisation", list(dict.fromkeys(key[0] for key in self._cells))),
            "grouping": choose(
                "Ethnic groups", sorted({key[1] for key in self._cells}, key=lambda g: len(groups_of(g)))
            ),
            "group": choose("Group", [""]),
            "reference": choose("Compared with", [""]),
            "period": choose("Year", [""]),
        }

    def _settle(self) -> None:
        controls = self._controls
        place, grouping = controls["organisation"].value, controls["grouping"].value
        offer(controls["period"], sorted({k[2] for k in self._cells if k[:2] == (place, grouping)}, reverse=True))
        known = [g for g in groups_of(grouping) if g not in UNKNOWN_GROUPS]
        offer(controls["reference"], known)
        offer(controls["group"], [g for g in known if g != controls["reference"].value])

    def _answer(self) -> Answer:
        chosen = {name: control.value for name, control in self._controls.items()}
        rows = self._rows.iloc[self._cells[chosen["organisation"], chosen.pop("grouping"), chosen["period"]]]
        return biggest_gap_answer(rows, **chosen)
