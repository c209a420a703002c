"""Survey files of invented organisations, in the layouts of the official ones, for any survey year."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from make_samples.survey_files import write_survey_files

GROUPS = ("Acute and Acute & Community Trusts", "Ambulance Trusts", "Community Trusts")


@pytest.fixture(scope="session")
def survey_organisations() -> pd.DataFrame:
    """Return twelve organisations in three groups, two regions and three systems; the last has 12 staff."""
    number = np.arange(12)
    return pd.DataFrame(
        {
            "ods_code": [f"X{i:02}" for i in number],
            "organisation": [f"Invented Trust {i:02}" for i in number],
            "benchmarking_group": [GROUPS[i % 3] for i in number],
            "region": [("North", "South")[i % 2] for i in number],
            "system": [f"System {i % 3}" for i in number],
            "staff": [*(600 + 400 * i for i in number[:-1]), 12],
        }
    )


@pytest.fixture(scope="session")
def survey_files(
    tmp_path_factory: pytest.TempPathFactory, survey_organisations: pd.DataFrame
) -> Callable[[str], dict[str, Path]]:
    """Return a function that writes the files of a survey year once: ``national``, ``organisations`` and so on."""
    written: dict[str, dict[str, Path]] = {}

    def files(year: str) -> dict[str, Path]:
        if year not in written:
            folder = tmp_path_factory.mktemp(f"survey_{year}")
            paths = write_survey_files(folder, survey_organisations, np.random.default_rng(1), year)
            written[year] = dict(zip(("national", "organisations", "benchmark", "respondents"), paths, strict=True))
        return written[year]

    return files
