"""Move the start in the intervention lab, on the sample data; lines of text that say how long each change takes out."""

from statistics import median
from time import process_time

import pandas as pd

from equity_metrics import InterventionLabExplorer, read_interventions, read_wres_return, roll_up, sample
from equity_metrics import sample_interventions as agreed
from equity_metrics.change.method_choice import CORRECTED_MIX, METHODS, STAGGERED

FILES = ("monthly_recruitment_synthetic.csv.gz", "monthly_disciplinaries_synthetic.csv.gz")
SLOW = (CORRECTED_MIX, STAGGERED)
"""One moves when the slider is let go; the other has no slider."""


def measured(runs: int | None = None) -> list[str]:
    """Time figure, table and sentence for every start, once a method, answers not kept from before.

    Parameters
    ----------
    runs
        Most starts a method; None for all.

    Returns
    -------
    list of str
    """
    counts = roll_up(pd.concat([read_wres_return(sample(name)) for name in FILES]), to="White / BME")
    lab = InterventionLabExplorer(counts, read_interventions(agreed()), audience="internal")
    lab._page.drawn = lab.picture is not None  # as on a page that has drawn the picture
    lines = ["every start of the slider, 40 organisations by 60 months, in the kernel; processor time"]
    for method in (name for name in METHODS if name not in SLOW):
        lab.method = method
        starts = lab._possible_starts(lab._tried())[1:][:runs]
        times = [_moved(lab, start) for start in starts]
        lines.append(f"compared with {method}: {median(times):.0f} ms (longest {max(times):.0f} ms)")
    return lines


def _moved(lab: InterventionLabExplorer, start: str) -> float:
    lab._answered.cache_clear()
    before = process_time()
    lab.start = start
    return 1000 * (process_time() - before)
