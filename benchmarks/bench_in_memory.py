"""Rates and ratios with intervals of a table in memory, beside fairlearn's MetricFrame, which gives none."""

import numpy as np
import pandas as pd

from equity_metrics import count_records, proportions, relative_likelihoods
from side_by_side import Line, side_by_side

GROUPS = ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S"]
KINDS = [f"Kind {n}" for n in range(8)]


def rates_and_ratios(runs: int, rows: int = 1_000_000) -> Line:
    """Compare appointments by ethnic group, kind of post and organisation."""
    # Installed by `make bench` alone.
    from fairlearn.metrics import MetricFrame, selection_rate

    rng = np.random.default_rng(1)
    drawn = {
        "organisation": rng.choice([f"Organisation {n}" for n in range(40)], rows),
        "date": "2024-06-15",
        "ethnic_code": rng.choice(GROUPS, rows),
        "staff_group": rng.choice(KINDS, rows),
        "shortlisted": "Y",
        "appointed": rng.choice(["Y", "N", "N"], rows),
        "withdrawn": "N",
    }
    records = pd.DataFrame(drawn)

    def ours() -> None:
        counts = count_records(records, "applications", by=["staff_group"])
        proportions(counts)
        relative_likelihoods(counts, reference="White - British")

    appointed = (records["appointed"] == "Y").astype(int)

    def theirs() -> None:
        frame = MetricFrame(
            metrics=selection_rate,
            y_true=appointed,
            y_pred=appointed,
            sensitive_features=records["ethnic_code"],
            control_features=records[["staff_group", "organisation"]],
        )
        frame.ratio(method="to_overall")

    name = f"rates and ratios with intervals, {rows / 1e6:g} M rows in memory"
    return side_by_side(name, "fairlearn MetricFrame, no intervals", (ours, theirs), 0.01, runs)
