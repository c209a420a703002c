"""Tables released with nothing withheld but what a test names: views must not depend on what release withholds."""

import numpy as np
import pandas as pd

from equity_metrics.measures.disclosure.release import release


def released_without(tables: list[pd.DataFrame], most: int, reason: str) -> pd.DataFrame:
    """Release for internal use and withhold the rows with 1 to ``most`` people or events; boards are public."""
    released = release(tables, audience="internal")
    small = released["numerator"].between(1, most) & (released["indicator"] != "9")
    numbers = {column: released[column].mask(small, np.nan) for column in ("numerator", "denominator")}
    return released.assign(**numbers, withheld=released["withheld"].mask(small, reason))
