"""What is kept is what release gives; any change of data, policy or audience is released anew."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY
from equity_metrics.cubes.kept_release import kept_release
from equity_metrics.measures.disclosure.release import check_released, release
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.sources.wres_return import read_wres_return


@pytest.fixture(scope="module")
def tables(samples: Path) -> list[pd.DataFrame]:
    counts = read_wres_return(samples / "wres_return_synthetic_one_organisation.csv")
    return roll_ups(counts[counts["indicator"].isin(["2", "3", "5"])])


def test_it_is_what_release_gives_at_first_and_ever_after(tables, tmp_path: Path):
    expected = release(tables)
    for _ in range(2):
        kept = kept_release(tables, folder=tmp_path)
        pd.testing.assert_frame_equal(kept, expected[kept.columns], check_dtype=False)
        check_released(kept)
    assert len(list(tmp_path.glob("*.parquet"))) == 1


def test_any_change_is_released_anew(tables, tmp_path: Path):
    kept_release(tables, folder=tmp_path)
    changed = [
        tables[0].assign(numerator=tables[0]["numerator"] + (tables[0].index == tables[0].index[0])),
        *tables[1:],
    ]
    kept_release(changed, folder=tmp_path)
    kept_release(tables, audience="internal", folder=tmp_path)
    kept_release(tables, replace(DISCLOSURE_POLICY, round_to=5), folder=tmp_path)
    assert len(list(tmp_path.glob("*.parquet"))) == 4


def test_the_folder_can_be_named_in_the_environment(tables, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("EQUITY_METRICS_KEPT", str(tmp_path / "here"))
    kept_release(tables)
    assert len(list((tmp_path / "here").glob("*.parquet"))) == 1


def test_what_release_refuses_is_refused_and_not_kept(tmp_path: Path):
    with pytest.raises(ValueError, match="tables must hold at least one table"):
        kept_release([], folder=tmp_path)
    assert not list(tmp_path.glob("*.parquet"))
