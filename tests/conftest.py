"""What several tests share: where the samples and the official workbooks are."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parents[1]
OFFICIAL_WORKBOOKS = ("NSS24_detailed_national_results.xlsx", "NSS24_detailed_organisational_results.xlsx")

# In CI the same examples are drawn each time, so that a run says something about the change and not about luck.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of invented data."""
    return REPOSITORY / "data" / "samples"


@pytest.fixture(scope="session")
def official_data() -> Path:
    """Return the folder of the two official workbooks, or skip with a sentence that says what is missing.

    Set EQUITY_METRICS_OFFICIAL_DATA to the folder; under CI=true their absence is a failure.
    """
    folder = Path(os.environ.get("EQUITY_METRICS_OFFICIAL_DATA", REPOSITORY.parent / "shared" / "data"))
    missing = [name for name in OFFICIAL_WORKBOOKS if not (folder / name).is_file()]
    if not missing:
        return folder
    sentence = f"official workbooks absent from {folder}: {', '.join(missing)}; set EQUITY_METRICS_OFFICIAL_DATA"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
