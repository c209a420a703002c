"""Records of respondents with survey weights in; published-like percentages with design-based limits out."""

import numpy as np
import pandas as pd

from equity_metrics.measures.survey.design_intervals import beta_interval
from equity_metrics.measures.survey.design_weights import SurveyDesign, weighted_mean

WEIGHTED_FROM_RECORDS = "weighted from records: design-based"


def weighted_percentages(
    records: pd.DataFrame, event: str, keys: list[str], design: SurveyDesign, confidence: float = 0.95
) -> pd.DataFrame:
    """Give each group of respondents its weighted percentage.

    Parameters
    ----------
    records
        One respondent a row, the whole sample.
    event
        The column that holds 1 where the person had the event, 0 where not, missing where nothing was answered.
    keys
        The columns that together name a group.
    design
        How the sample was drawn; one entry a record.
    confidence
        Between 0 and 1, both excluded.

    Returns
    -------
    DataFrame
        One row for each group that is there, in order of appearance: ``keys``, ``value``, ``lower`` and ``upper`` in %
        (0-100), ``unit``, ``base`` (answers, unweighted), ``effective_base`` (what they are worth), ``design_effect``
        and ``weighting``. Weighted percentages do not add up: each level is computed from its own records.

    Raises
    ------
    ValueError
        As :func:`equity_metrics.measures.survey.design_weights.weighted_mean`.

    References
    ----------
    See :func:`equity_metrics.measures.survey.design_weights.weighted_mean` and
    :func:`equity_metrics.measures.survey.design_intervals.beta_interval`.
    """
    answers = records[event].to_numpy(float)
    group = records.groupby(keys, sort=False, dropna=False, observed=True).ngroup().to_numpy()
    means = [weighted_mean(answers, design, group == number) for number in range(group.max(initial=-1) + 1)]
    limits = np.array([beta_interval(mean, confidence) for mean in means]).reshape(-1, 2)
    named = records.loc[~pd.Series(group, index=records.index).duplicated(), keys].reset_index(drop=True)
    return named.assign(
        value=[100 * mean.value for mean in means],
        lower=100 * limits[:, 0],
        upper=100 * limits[:, 1],
        unit="%",
        base=[mean.base for mean in means],
        effective_base=[mean.effective_base for mean in means],
        design_effect=[mean.design_effect for mean in means],
        weighting=WEIGHTED_FROM_RECORDS,
    )
