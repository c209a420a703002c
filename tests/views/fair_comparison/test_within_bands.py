import pandas as pd
import pytest

from equity_metrics.views.fair_comparison.choice import FairChoice
from equity_metrics.views.fair_comparison.within_bands import within_bands

CHOICE = FairChoice("Alder", "2", "White / BME", "BME", "White", "2025")


@pytest.mark.parametrize(
    ("white", "bme", "said"),
    [
        ("too few", "too few", "cannot be shown: too few."),
        ("too few", "1 to 4 people", "cannot be shown: BME: 1 to 4 people; White: too few."),
    ],
)
def test_one_reason_for_both_groups_is_said_once(white, bme, said):
    rows = [(group, band, why) for band in ("5", "6") for group, why in (("White", white), ("BME", bme))]
    strata = pd.DataFrame(rows, columns=["group", "band", "withheld"]).assign(
        organisation="Alder", period="2025", indicator="2", grouping="White / BME", level="organisation",
        source="Synthetic", definition="", table="counts", audience="publish",
        numerator=float("nan"), denominator=float("nan"),
    )  # fmt: skip
    assert within_bands(strata, CHOICE) == ("", f"Whether bands explain a difference {said}")
