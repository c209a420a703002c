"""Invented counts of two groups by period, for tests."""

import numpy as np
import pandas as pd

from equity_metrics.change.interventions import Intervention

YEARS = [str(2016 + year) for year in range(9)]
MONTHS = [f"{2021 + month // 12}-{month % 12 + 1:02d}" for month in range(36)]


def two_groups(events, people, reference_events, reference_people, periods, where="Exampleshire"):
    """Return counts of BME and White staff, as the tables document them."""
    size = len(periods)
    return pd.DataFrame(
        {
            "organisation": where,
            "period": [*periods, *periods],
            "indicator": "2",
            "grouping": "White / BME",
            "level": "organisation",
            "group": ["BME"] * size + ["White"] * size,
            "numerator": [*np.broadcast_to(events, size), *np.broadcast_to(reference_events, size)],
            "denominator": [*np.broadcast_to(people, size), *np.broadcast_to(reference_people, size)],
        }
    )


def panels(start, smallest_worthwhile=1.25, lead_in=0):
    """Return an intervention on appointment from shortlisting."""
    return Intervention("Diverse panels", start, "Exampleshire", "2", "higher", lead_in, smallest_worthwhile)
