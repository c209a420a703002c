"""Counts, scores and published tables in; one table without the cells that must not be seen out.

The order is: count everything, withhold, then compute each displayed figure from what was released.
"""

import pandas as pd

from equity_metrics.catalogue.disclosure_policies import AUDIENCES, DISCLOSURE_POLICY, PUBLISH, SURVEY, DisclosurePolicy
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.measures.cells import (
    ALL_NUMBERS,
    COUNTS,
    NUMBERS,
    PUBLISHED,
    SUPPRESSED_BY_SOURCE,
    check_one_level_and_grouping,
    kind_of,
)
from equity_metrics.measures.disclosure.dominance import DOMINATED, dominated
from equity_metrics.measures.disclosure.protected_rows import withheld_together

NO_VALUE_IN_SOURCE = "no usable value in the source"


def release(
    tables: pd.DataFrame | list[pd.DataFrame] | tuple[pd.DataFrame, ...],
    policy: DisclosurePolicy = DISCLOSURE_POLICY,
    audience: str = PUBLISH,
    together: bool = True,
    progress: bool = False,
) -> pd.DataFrame:
    """Withhold what must not be seen and say why, in one table that explorers, figures and exports accept.

    Parameters
    ----------
    tables
        One counts, scores or published table, or several, each complete: aggregated before anything is withheld.
        Counts and scores hold one level a table, and one grouping for each indicator.
    policy
        What is protected, for whom and why.
    audience
        ``publish`` or ``internal``.
    together
        Whether further rows of counts are withheld, so that nobody who knows all released ones works out those that are
        withheld. Without it only each row's own numbers are looked at, and sums may give some of them away: only for
        tables that are never seen as they are.
    progress
        Whether to show a progress bar for that: many organisations take a minute.

    Returns
    -------
    DataFrame
        The rows in the order given, with ``table`` (of which kind a row is), ``audience``, and ``withheld``: empty, or
        in plain words why the row's numbers are missing. Text columns that a table does not have are empty. With
        rounding, ``rounded_to`` says to what; proportions are then those of rounded counts.

    Raises
    ------
    TypeError, ValueError
        In one sentence, if a table is none of the three kinds, mixes levels or groupings, or was released before.

    References
    ----------
    The thresholds and where each comes from stand in ``catalogue/disclosure_policies.csv``.
    """
    whole = _stacked(list(tables) if isinstance(tables, list | tuple) else [tables])
    withheld = primary_suppression(whole, policy, audience)
    counts = whole["table"] == COUNTS
    if together and counts.any():
        withheld_rows = withheld_together(whole[counts], withheld[counts], policy.of(audience), progress)
        withheld = withheld_rows.reindex(whole.index).fillna(withheld)
    return _blanked(whole, withheld, policy.round_to).assign(audience=audience, withheld=withheld)


def primary_suppression(whole: pd.DataFrame, policy: DisclosurePolicy, audience: str) -> "pd.Series[str]":
    """Mark every cell that must be withheld because of its own number, or of who makes it up.

    Parameters
    ----------
    whole
        Complete rows with ``table``, the keys and the number columns of their kind.
    policy, audience
        As for :func:`release`.

    Returns
    -------
    Series of str
        The reason, row by row; empty where nothing is withheld. Cells that the source left out are marked too.
    """
    reason = _left_out_by_source(whole)
    protected = whole["indicator"].where(whole["indicator"].isin(INDICATORS) & (whole["table"] == COUNTS), SURVEY)
    for protection in policy.of(audience):
        if protection.cell not in whole.columns:
            continue
        cell = whole[protection.cell]
        small = (protected == protection.indicator) & (cell > 0) & (cell < protection.below)
        reason = reason.mask(small & (reason == ""), protection.reason)
    counts = whole[whole["table"] == COUNTS]
    if policy.most_of_one < 1 and not counts.empty:
        most = dominated(counts, policy.most_of_one).reindex(whole.index, fill_value=False)
        reason = reason.mask(most & (reason == ""), DOMINATED.format(most=policy.most_of_one))
    return reason


def check_released(released: pd.DataFrame) -> pd.DataFrame:
    """Refuse what was not released, or holds a number where it says that there is none.

    Parameters
    ----------
    released
        What :func:`release` returned, or estimates and comparisons made of it.

    Returns
    -------
    DataFrame
        ``released``, unchanged.

    Raises
    ------
    TypeError, ValueError
        In one sentence, which never repeats the number itself.
    """
    must = "released must be a table that release() made"
    if not isinstance(released, pd.DataFrame):
        raise TypeError(f"{must}, got: {type(released).__name__}")
    missing = [column for column in ("audience", "withheld") if column not in released.columns]
    if missing:
        raise ValueError(f"{must}, got: a table without {' and '.join(missing)}")
    audiences = released["audience"].unique().tolist()
    if len(audiences) > 1 or not set(audiences) <= set(AUDIENCES):
        raise ValueError(f"{must} for one audience ({' or '.join(AUDIENCES)}), got: {', '.join(map(str, audiences))}")
    if released["withheld"].isna().any():
        raise ValueError(f"{must}, got: {int(released['withheld'].isna().sum())} rows that do not say whether they are")
    numbers = ("value", "lower", "upper") if "reference" in released.columns else (*ALL_NUMBERS, "value")
    for column in numbers:
        if column in released.columns and (leaks := released[column].notna() & (released["withheld"] != "")).any():
            raise ValueError(f"{must}, got: {int(leaks.sum())} withheld rows with a number in {column}")
    return released


def _stacked(tables: list[pd.DataFrame]) -> pd.DataFrame:
    if not tables:
        raise ValueError("tables must hold at least one table, got: none")
    kinds = [kind_of(table) for table in tables]
    for table, kind in zip(tables, kinds, strict=True):
        if "withheld" in table.columns or "audience" in table.columns:
            raise ValueError(
                "tables must not have been released before, got: one that was; release all tables together"
            )
        if kind != PUBLISHED:
            check_one_level_and_grouping(table)
    whole = pd.concat([t.assign(table=k) for t, k in zip(tables, kinds, strict=True)], ignore_index=True)
    text = [column for column in whole.columns if whole[column].dtype == object or whole[column].dtype == "str"]
    return whole.assign(**{column: whole[column].fillna("") for column in text})


def _left_out_by_source(whole: pd.DataFrame) -> "pd.Series[str]":
    """Say where a row has no number to show: none at all, or, where a survey's base is known, no value."""
    reason = pd.Series("", index=whole.index, dtype="str")
    base = whole["base"] if "base" in whole.columns else pd.Series(float("nan"), index=whole.index)
    for kind, columns in NUMBERS.items():
        shown = whole[[c for c in columns if c in whole.columns and c not in ("base", "variance")]].isna()
        nothing = (whole["table"] == kind) & (shown.any(axis=1) if kind == COUNTS else shown.all(axis=1))
        reason = reason.mask(nothing & base.isna(), SUPPRESSED_BY_SOURCE).mask(nothing & (base > 0), NO_VALUE_IN_SOURCE)
    return reason


def _blanked(whole: pd.DataFrame, withheld: "pd.Series[str]", round_to: int) -> pd.DataFrame:
    numbers = [column for column in ALL_NUMBERS if column in whole.columns]
    whole = whole.assign(**{column: whole[column].astype(float).mask(withheld != "") for column in numbers})
    if round_to == 1:
        return whole
    counted = [column for column in ("numerator", "denominator", "base") if column in whole.columns]
    rounded = {column: (whole[column] / round_to).round() * round_to for column in counted}
    return whole.assign(**rounded, rounded_to=round_to)
