"""Released counts of one indicator and period in; each group's own rate, and the pooled one beside it, out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.catalogue.missing_values import NOT_APPLICABLE, TOO_FEW
from equity_metrics.measures.fairness.pooling import pooled_proportions
from equity_metrics.measures.intervals.rates import rate_limits
from equity_metrics.measures.proportions import proportions
from equity_metrics.views.drawing import palette
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.fair_comparison.choice import FairChoice, Marks, Picture
from equity_metrics.views.groups_there import groups_there
from equity_metrics.views.words.missing_values import value_words
from equity_metrics.views.words.sentences import counts_words, people_of, withheld_sentence
from equity_metrics.views.words.wording import interval, one_in, percent

EVENTS = ("3",)
"""Indicators that count events, whose limits are those of a number of events; all others count people."""


def rate_picture(counts: pd.DataFrame, choice: FairChoice) -> Picture:
    """Show each group's own rate with its limits, and beside it the one drawn towards what the groups share.

    Parameters
    ----------
    counts
        Released counts of one organisation, indicator, grouping and period.
    choice
        What is looked at.

    Returns
    -------
    Picture
    """
    rows = _with_limits(counts, choice)
    pooled = pooled_proportions(counts).set_index("group").reindex(rows["group"])
    this = rows[rows["group"] == choice.group].iloc[0]
    named = {"label": rows["group"].to_numpy(), "value": pooled["value"].to_numpy()}
    marks = Marks("pooled: drawn towards what the groups share", "x", palette.INK, pd.DataFrame(named).dropna())
    dots = rows[["value", "lower", "upper", "withheld"]].assign(
        label=rows["group"], verdict="", against="", is_reference=rows["group"] == choice.reference
    )
    scale = Scale("rate", f"{choice.what.numerator} as % of {choice.what.denominator}", "%")
    method = "Byar's, exact below 10 events" if choice.indicator in EVENTS else "Wilson's"
    notes = (
        f"Intervals: {method}. They are each group's own; no comparison is made in this picture.",
        "Pooled: a group's figure drawn towards what the groups of this place share, small groups more than large "
        "ones. It is the steadier guess for a small group and no substitute for its own figure. It has no "
        "interval here: of so few groups it would be too narrow.",
    )
    return Picture(
        _sentence(this, pooled.loc[choice.group], choice), _table(rows, pooled, choice), dots, scale, (marks,), notes
    )


def _with_limits(counts: pd.DataFrame, choice: FairChoice) -> pd.DataFrame:
    rows = proportions(counts)
    if choice.indicator in EVENTS:
        lower, upper = rate_limits(rows["numerator"].to_numpy(float), rows["denominator"].to_numpy(float))
        rows = rows.assign(lower=lower, upper=np.minimum(upper, 1.0))
    return rows.sort_values("group", key=lambda names: names.map(groups_there(counts).index), ignore_index=True)


def _sentence(this: pd.Series, pooled: pd.Series, choice: FairChoice) -> str:
    if this["withheld"]:
        return withheld_sentence(this, choice.place, choice.group)
    told = (
        f"{choice.place}, {percent(this['value'])} of {people_of(choice.group, choice.what)} {choice.what.phrase} "
        f"({one_in(this['value'])}). The 95 % interval is {interval(this['lower'], this['upper'], percent)}."
    )
    if pd.isna(pooled["value"]):
        return f"{told} There are too few groups, or too few events, to pool them."
    return f"{told} Pooled: {pooled['words']}"


def _table(rows: pd.DataFrame, pooled: pd.DataFrame, choice: FairChoice) -> pd.DataFrame:
    missing = [NOT_APPLICABLE if group in UNKNOWN_GROUPS else TOO_FEW for group in rows["group"]]
    beside = list(zip(pooled["value"], rows["withheld"], missing, strict=True))
    people = rows["denominator"].to_numpy(float)
    shares = people / (people + pooled["weight"].to_numpy(float))
    own = list(rows.itertuples())
    return pd.DataFrame(
        {
            "Ethnic group": rows["group"],
            choice.counted: [counts_words(r.numerator, r.denominator, r.withheld) for r in own],
            "Own rate": [value_words(r.value, r.withheld, percent) for r in own],
            "95 % interval": [interval(r.lower, r.upper, percent) for r in own],
            "Pooled rate": [value_words(v, w, percent, otherwise) for v, w, otherwise in beside],
            "Own figure's share in it": [
                value_words(share, withheld, lambda value: percent(value, 0), otherwise)
                for share, (_, withheld, otherwise) in zip(shares, beside, strict=True)
            ],
            "Note": rows["withheld"],
        }
    )
