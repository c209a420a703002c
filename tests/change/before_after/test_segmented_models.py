import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity_metrics.change.before_after.segmented_models import (
    harmonics,
    segmented_proportions,
    segmented_rates,
    segmented_scores,
)

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "interrupted_series.json").read_text(encoding="utf-8"))
DATA = pd.DataFrame(GOLDEN["data"])
NORMAL = 1.959963984540054
LINE = pd.DataFrame({"level": 1.0, "time": DATA["time"], "after": DATA["after"]})
SLOPES = LINE.assign(slope=(DATA["time"] - 36) * DATA["after"])
SEASONAL = pd.concat([SLOPES, pd.DataFrame(harmonics(DATA["month"]))], axis=1)


@pytest.mark.parametrize("model", GOLDEN["models"], ids=lambda model: model["id"])
def test_segmented_rates_agree_with_the_reference(model):
    terms = segmented_rates(DATA["events"], DATA["exposure"], SEASONAL if model["seasonal"] else LINE)
    found = terms.loc[model["term"]]
    assert np.exp(found["estimate"]) == pytest.approx(model["estimate"], rel=1e-9)
    error = np.log(model["upper"] / model["lower"]) / 2 / NORMAL
    if model["id"] == "sicily_model1_poisson":  # its errors take the counts to vary by chance alone
        error *= np.sqrt(found["dispersion"])
    assert found["standard_error"] == pytest.approx(error, rel=2e-6)
    if model["dispersion"]:
        assert found["dispersion"] == pytest.approx(model["dispersion"], rel=1e-5)


def test_segmented_scores_with_ar1_errors_agree_with_the_reference():
    expected = GOLDEN["ar1"]
    terms = segmented_scores(DATA["events"] / DATA["exposure"] * 1e5, SLOPES)
    for term, value in expected["coefficients"].items():
        assert terms.loc[term, "estimate"] == pytest.approx(value, rel=1e-6)
        assert terms.loc[term, "standard_error"] == pytest.approx(expected["standard_errors"][term], rel=1e-6)
    assert terms["phi"].iloc[0] == pytest.approx(expected["phi"], abs=1e-6)


def test_proportions_of_rare_events_are_nearly_rates():
    rates = segmented_rates(DATA["events"], DATA["exposure"], LINE)
    proportions = segmented_proportions(DATA["events"], DATA["exposure"], LINE)
    np.testing.assert_allclose(proportions["estimate"], rates["estimate"], rtol=0.02)


def test_dispersion_is_never_below_one():
    even = pd.DataFrame({"level": np.ones(20), "time": np.arange(20.0)})
    terms = segmented_rates([49, 51] * 10, np.full(20, 1000), even)
    assert (terms["dispersion"] == 1).all()
    assert terms.loc["level", "standard_error"] == pytest.approx(
        np.sqrt(np.linalg.inv(50 * even.T @ even)[0, 0]), rel=1e-2
    )


def test_harmonics_come_back_each_year():
    waves = harmonics(np.arange(24), pairs=1)
    assert waves.shape == (24, 2)
    np.testing.assert_allclose(waves[:12], waves[12:], atol=1e-12)
