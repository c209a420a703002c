"""Agreed interventions, and the effects by one method after the other, in; the tables that a page shows of them out."""

from collections.abc import Sequence

import pandas as pd

from equity_metrics.catalogue.interventions import Intervention
from equity_metrics.catalogue.missing_values import NOT_APPLICABLE
from equity_metrics.views.intervention_lab.words import effect_words, verdict_cell
from equity_metrics.views.tables import Table
from equity_metrics.views.words.wording import p_value, times


def agreed_table(interventions: Sequence[Intervention]) -> Table:
    """Show what was agreed about each intervention before its result was known.

    Parameters
    ----------
    interventions
        From ``read_interventions``.

    Returns
    -------
    Table
        One row each: what was tried, where, from when, when that was written down, the smallest effect worth having,
        the bad year for which the place was chosen, and the prediction.
    """
    rows = [
        {
            "What was tried": tried.name,
            "Where": tried.where,
            "From": tried.start,
            "Agreed on": tried.agreed or NOT_APPLICABLE.sign,
            "Smallest effect worth having": times(tried.smallest_worthwhile)
            if tried.smallest_worthwhile
            else NOT_APPLICABLE.sign,
            "Chosen for the bad year": tried.chosen_for or NOT_APPLICABLE.sign,
            "Predicted": tried.prediction,
        }
        for tried in interventions
    ]
    return Table(pd.DataFrame(rows), "Agreed beforehand")


def methods_table(effects: pd.DataFrame) -> Table:
    """Show what every method says of one intervention.

    Parameters
    ----------
    effects
        From ``effects_by_method``.

    Returns
    -------
    Table
        One row a method: the effect with its interval, the p-value, the smallest p-value that a ranking among the
        organisations at hand can give, and the verdict.
    """
    smallest = effects.get("smallest_p_value", pd.Series(float("nan"), index=effects.index))
    rows = [
        {
            "Compared with": effect["compared_with"],
            "Effect (95 % interval)": effect_words(effect),
            "p-value": p_value(effect["p_value"]),
            "Smallest p-value of a ranking": NOT_APPLICABLE.sign if pd.isna(least) else p_value(least),
            "Verdict": verdict_cell(effect),
        }
        for (_, effect), least in zip(effects.iterrows(), smallest, strict=True)
    ]
    return Table(pd.DataFrame(rows), f"{effects['where'].iloc[0]}, one method after the other")
