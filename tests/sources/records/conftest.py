"""Real engines for the tests of this folder: a local Spark session and a local Dask cluster."""

import os
import shutil
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

DASK_AND_SPARK_SAY = "ignore:(Dask support is moving|PySpark does not yet fully support pandas):FutureWarning"


def need(engine: str, *, there: bool) -> None:
    """Skip, saying what is missing; in CI every engine is there or the run fails."""
    if there:
        return
    sentence = f"{engine} is absent: run `make unit`, which installs requirements-engines.lock; Spark needs Java 17 too"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    need("Spark", there=bool(find_spec("pyspark") and shutil.which("java")))
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.host": "127.0.0.1"}
        builder = SparkSession.builder.master("local[2]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    need("Dask", there=bool(find_spec("distributed")))
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local,
        Client(local) as client,
    ):
        yield client
