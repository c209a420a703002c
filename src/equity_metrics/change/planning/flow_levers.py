"""Rates of leaving, promotion and joining in; the same with one of them made alike for every group, out."""

from dataclasses import replace

import numpy as np

from equity_metrics.catalogue.bands import BANDS
from equity_metrics.change.planning.flow_rates import FlowRates
from equity_metrics.change.planning.model_employer import MODEL_EMPLOYER_BANDS

AS_NOW = "present flows go on"
PROMOTED_ALIKE = "every group were promoted alike"
STAYING_ALIKE = "every group left alike"
JOINING_ALIKE = "joiners of bands 8a to VSM mirrored the workforce"
ALL_THREE = "all three came together"
LEVERS = (AS_NOW, PROMOTED_ALIKE, STAYING_ALIKE, JOINING_ALIKE, ALL_THREE)


def pulled(rates: FlowRates, lever: str) -> FlowRates:
    """Change rates as a lever says; bands keep as many leavers, promotions and joiners as they had.

    Parameters
    ----------
    rates
        One or many draws.
    lever
        One of ``LEVERS``.

    Returns
    -------
    FlowRates
        With every head of a band as likely to be promoted, or to leave, as the next; or with those who join bands 8a to
        VSM from outside divided between groups as the whole workforce was at the start.

    Raises
    ------
    ValueError
        If the lever is not known.
    """
    if lever not in LEVERS:
        raise ValueError(f"lever must be one of {', '.join(LEVERS)}, got: {lever}")
    changed = rates
    if lever in (PROMOTED_ALIKE, ALL_THREE):
        changed = replace(changed, promotion=np.ones_like(rates.promotion))
    if lever in (STAYING_ALIKE, ALL_THREE):
        heads = rates.headcount.sum(axis=1)
        leavers = (rates.leaving * rates.headcount).sum(axis=2)
        alike = np.divide(leavers, heads, out=np.zeros_like(leavers), where=heads > 0)
        changed = replace(changed, leaving=np.repeat(alike[..., None], len(rates.groups), axis=2))
    if lever in (JOINING_ALIKE, ALL_THREE):
        upper = np.array([BANDS[band].order >= BANDS[MODEL_EMPLOYER_BANDS[0]].order for band in rates.bands])
        mirrored = rates.headcount.sum(axis=0) / rates.headcount.sum()
        changed = replace(changed, joining=np.where(upper[:, None], mirrored, rates.joining))
    return changed
