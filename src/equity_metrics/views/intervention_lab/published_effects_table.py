"""An indicator in; what others published after they tried to move it, with source and warning, out."""

from urllib.parse import urlsplit

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.published_effects import PUBLISHED_EFFECTS, WARNING
from equity_metrics.views.tables import Table


def published_effects_table(indicator: str) -> Table:
    """Show what others published about one indicator, with how it was studied and where it stands.

    Parameters
    ----------
    indicator
        Its id.

    Returns
    -------
    Table
        Its caption holds the warning; the addresses stand whole in ``catalogue/published_effects.csv``.
    """
    rows = [
        {
            "what was done, where": f"{e.intervention} ({e.where or 'no place named'})",
            "published": e.published,
            "how studied": e.design,
            "source": urlsplit(e.source).netloc.removeprefix("www."),
        }
        for e in PUBLISHED_EFFECTS
        if e.indicator == indicator
    ]
    name = INDICATORS[indicator].name
    return Table(pd.DataFrame(rows), f"Published changes, indicator {indicator} ({name}). {WARNING}")
