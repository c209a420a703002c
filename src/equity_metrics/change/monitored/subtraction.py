"""How far each group of a place is pooled, in; so far that no small number is found by subtracting from BME, out."""

from collections.abc import Callable, Hashable, Mapping
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity_metrics.change.charts.pooled_series import PLACE

REFERENCE = "White"
"""Not a part of BME, so it cannot be found by subtracting the other groups from BME."""

Judge = Callable[[pd.DataFrame], "pd.Series[str]"]
_NUMBERS = ["numerator", "denominator"]


def unsubtractable_ranks(series: pd.DataFrame, tried: Mapping[str, pd.DataFrame], withheld: Judge) -> NDArray[np.int64]:
    """Raise the ranks of groups until what they leave of BME may be seen at every length.

    Parameters
    ----------
    series
        One row a series: ``organisation, indicator, grouping, level, group`` and ``rank``, the number of the shortest
        length that passes; the number of lengths where none does.
    tried
        The pooled counts at each length, the shortest first.
    withheld
        Gives the reason why a cell of pooled counts must be withheld, empty where it need not.

    Returns
    -------
    ndarray of int
        Ranks in the order of ``series``, none lower than before. At each length at which BME may be shown, the groups
        that are not shown there are at least two and their sum need not be withheld in any period; or no group is
        shown there. It is their sum that subtracting the others from BME gives.

    References
    ----------
    Hundepool A et al. (2012). Statistical Disclosure Control, 4.2 (suppressed cells of a table with totals).
    """
    ranks = series["rank"].to_numpy(copy=True)
    parts = series[series["group"] != REFERENCE].assign(position=np.flatnonzero(series["group"] != REFERENCE))
    if parts["group"].nunique() < 2:
        return ranks
    wide = [_wide(table[table["group"] != REFERENCE]) for table in tried.values()]
    bme_is_withheld = [_withheld_anywhere(table, withheld) for table in wide]
    for place, rows in parts.groupby(PLACE, dropna=False, observed=True):
        if len(rows) < 2 or not all(place in at_length for at_length in bme_is_withheld):
            continue
        tables = [pd.DataFrame(table.xs(place, level=PLACE, drop_level=False)) for table in wide]
        events = pd.DataFrame(tables[0]["numerator"]).sum().to_dict()
        fewest_first = rows.assign(events=rows["group"].map(events)).sort_values("events", kind="stable")
        bme_is_shown = np.logical_and.accumulate([not at_length[place] for at_length in bme_is_withheld][::-1])[::-1]
        ranks[fewest_first["position"]] = _raised(fewest_first, tables, bme_is_shown, withheld)
    return ranks


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay counts out with one row a place and period, one column a number and group."""
    return pd.DataFrame(rows.set_index([*PLACE, "step", "group"])[_NUMBERS].unstack())  # noqa: PD010 - keeps what is missing


def _withheld_anywhere(wide: pd.DataFrame, withheld: Judge) -> dict[Hashable, bool]:
    """Say of each place whether the sum of some groups must be withheld in any period."""
    sums = pd.DataFrame({number: pd.DataFrame(wide[number]).sum(axis=1, skipna=False) for number in _NUMBERS})
    hidden = sums.reset_index().assign(hidden=(withheld(sums.reset_index()) != "").to_numpy())
    return hidden.groupby(PLACE, dropna=False, observed=True)["hidden"].any().to_dict()


def _raised(
    series: pd.DataFrame, tables: list[pd.DataFrame], bme_is_shown: NDArray[np.bool_], withheld: Judge
) -> NDArray[np.int64]:
    """Raise, where what is left of BME at a length is too small, the group shown there that is pooled most."""
    ranks, groups = series["rank"].to_numpy(copy=True), series["group"].to_numpy()

    @cache
    def too_small(length: int, left: tuple[str, ...]) -> bool:
        table = tables[length]
        parts = table.loc[:, table.columns.isin(left, level="group")]
        return any(_withheld_anywhere(parts, withheld).values())

    length = 0
    while length < len(tables):
        hidden = ranks > length
        some = 0 < hidden.sum() < len(ranks) and bme_is_shown[length]
        if some and (hidden.sum() == 1 or too_small(length, (*groups[hidden],))):
            ranks[np.where(hidden, -1, ranks).argmax()] = ranks[hidden].min()
            length = 0
        else:
            length += 1
    return ranks
