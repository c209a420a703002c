"""The sample data is what its README says: the same from its seed, sound, near its parameters, and planted."""

import gzip
import shutil
import zipfile
from xml.etree.ElementTree import canonicalize

import numpy as np
import pandas as pd
import pytest

from equity_metrics.measures.comparisons import relative_likelihoods
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.proportions import proportions
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.wres_return import read_wres_return
from make_samples.samples import SEED, write_samples

WHITE_BME = "White / BME"
MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def returns(samples):
    return read_wres_return(samples / "wres_returns_synthetic.csv.gz")


@pytest.fixture(scope="module")
def planted(samples):
    return pd.read_csv(samples / "planted.csv", dtype=str).set_index("what")["organisation"]


def ratios(counts: pd.DataFrame) -> pd.DataFrame:
    compared = presented(relative_likelihoods(roll_up(counts, to=WHITE_BME), reference="White"))
    return compared[compared["group"] == "BME"]


def odds_change(months: pd.DataFrame, place: str, start: str) -> tuple[float, float]:
    """Return by how much the log odds ratio BME / White changed after a month, and the variance of that."""
    rows = roll_up(months[months["organisation"] == place], to=WHITE_BME)
    cells = rows.assign(after=rows["period"] >= start).groupby(["after", "group"])[["numerator", "denominator"]].sum()
    cells = cells.drop(index=["Not stated", "Not known"], level="group")
    without = cells["denominator"] - cells["numerator"]
    log_odds = np.log(cells["numerator"] / without)
    change = log_odds[True, "BME"] - log_odds[True, "White"] - log_odds[False, "BME"] + log_odds[False, "White"]
    return change, (1 / cells["numerator"] + 1 / without).sum()


def unpacked(path):
    """Return what a file holds; how tightly it is packed depends on the zlib, how XML is spelt on its writer."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as file:
            return {entry.filename: (entry.date_time, canonicalize(file.read(entry))) for entry in file.infolist()}
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_the_seed_makes_the_same_files(samples, tmp_path):
    shutil.copy(samples / "wres_published.csv", tmp_path)
    made = write_samples(tmp_path)
    assert {path.name for path in made} == {p.name for p in samples.iterdir()} - {"README.md", "wres_published.csv"}
    for path in made:
        assert unpacked(path) == unpacked(samples / path.name), f"{path.name} differs: run make samples and commit"


def test_packed_files_name_no_time_and_no_system(samples):
    packed = list(samples.glob("*.gz"))
    assert len(packed) == 7
    assert {path.read_bytes()[3:10] for path in packed} == {bytes(5) + b"\x02\xff"}


def test_all_files_are_small_and_say_that_they_are_synthetic(samples):
    files = [path for path in samples.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 5 * MEBIBYTE
    real = {"README.md", "wres_published.csv", "parameters.csv", "organisations.csv", "planted.csv"}
    assert all("synthetic" in path.name for path in files if path.name not in real)


def test_organisations_are_invented_and_of_every_kind(samples):
    organisations = pd.read_csv(samples / "organisations.csv")
    assert len(organisations) == 40
    assert organisations["ods_code"].str.fullmatch(r"ZX\d\d").all()
    assert organisations["organisation"].is_unique
    assert not organisations["organisation"].str.contains("NHS|Trust", regex=True).any()
    assert organisations["benchmarking_group"].value_counts().between(10, 40).all()
    assert organisations["system"].value_counts().tolist() == [10, 10, 10, 10]


def test_returns_hold_every_indicator_year_and_group(returns):
    assert set(returns["indicator"]) == set("123456789")
    assert set(returns["period"]) == {str(year) for year in range(2017, 2026)}
    groups = returns.groupby("indicator")["group"].nunique()
    assert groups.to_dict() == {**dict.fromkeys("12349", 18), **dict.fromkeys("5678", 19)}


@pytest.mark.parametrize(
    ("file", "indicator"),
    [("monthly_recruitment_synthetic.csv.gz", "2"), ("monthly_disciplinaries_synthetic.csv.gz", "3")],
)
def test_months_add_up_to_years(samples, returns, file, indicator):
    months = read_wres_return(samples / file)
    month = pd.PeriodIndex(months["period"], freq="M")
    year = (month.year + (month.month >= 4)).astype(str)
    added = months.assign(period=year).groupby(["organisation", "period", "group"])["numerator"].sum()
    yearly = roll_up(returns[(returns["indicator"] == indicator) & (returns["period"] >= "2021")], to="Five groups")
    pd.testing.assert_series_equal(
        added.sort_index(), yearly.set_index(["organisation", "period", "group"])["numerator"].sort_index()
    )


def test_staff_groups_add_up_to_bands(samples, returns):
    keys = ["organisation", "band", "group"]
    parts = pd.read_csv(samples / "bands_by_staff_group_synthetic.csv.gz", dtype={"band": str})
    assert not parts.duplicated([*keys, "staff_group"]).any()
    added = parts.groupby(keys)["numerator"].sum()
    bands = returns[(returns["indicator"] == "1") & (returns["period"] == "2025") & (returns["band"] != "All staff")]
    pd.testing.assert_series_equal(added, bands.set_index(keys)["numerator"].sort_index(), check_dtype=False)


def test_bands_add_up_to_the_year(samples, returns):
    by_band = read_wres_return(samples / "recruitment_by_band_synthetic.csv.gz")
    added = by_band.groupby(["organisation", "group"])[["numerator", "denominator"]].sum()
    year = returns[(returns["indicator"] == "2") & (returns["period"] == "2025")].set_index(["organisation", "group"])
    pd.testing.assert_frame_equal(added, year.loc[added.index, ["numerator", "denominator"]])


def test_flows_reconcile_exactly(samples):
    flows = pd.read_csv(samples / "flows_synthetic.csv.gz").set_index(["organisation", "group", "band", "period"])
    after = flows["headcount"] + flows["joiners"] + flows["promoted_in"] - flows["promoted_out"] - flows["leavers"]
    following = flows["headcount"].rename(lambda year: year - 1, level="period")
    both = after.to_frame("after").join(following.rename("following"), how="inner")
    assert len(both) > 10_000
    assert (both["after"] == both["following"]).all()


def test_all_organisations_together_follow_the_published_values(samples, returns):
    values = pd.read_csv(samples / "parameters.csv", dtype={"indicator": str, "year": str})
    everywhere = roll_up(returns[returns["indicator"].isin(list("2345678"))], to=WHITE_BME)
    everywhere = roll_up(everywhere, to="England")
    wanted = values.set_index(["indicator", "group", "year"])["value"]
    compared = ratios(everywhere[everywhere["indicator"].isin(["2", "3", "4"])]).set_index(["indicator", "period"])[
        "value"
    ]
    # Own levels of forty organisations move the pooled ratio; rare disciplinaries move it most.
    for (indicator, year), ratio in compared.items():
        group = "BME/white" if indicator == "3" else "white/BME"
        tolerance = {"2": 0.08, "3": 0.2, "4": 0.05}[indicator]
        assert abs(np.log(ratio / wanted[indicator, group, year])) < tolerance
    rates = proportions(everywhere[everywhere["indicator"].isin(["5", "6", "7", "8"])])
    for row in rates[rates["group"].isin(["White", "BME"])].itertuples():
        published = wanted[row.indicator, row.group.replace("White", "white"), row.period]
        assert abs(100 * row.value - published) < {"5": 1, "6": 1, "7": 1.5, "8": 0.6}[row.indicator]


@pytest.mark.parametrize(
    ("indicator", "band", "series", "tolerance"),
    [("1", "All staff", "BME share of workforce", 0.75), ("9", "All members", "BME share of board", 3)],
)
def test_workforce_and_boards_together_follow_the_published_values(
    samples, returns, indicator, band, series, tolerance
):
    values = pd.read_csv(samples / "parameters.csv", dtype={"indicator": str, "year": str})
    wanted = values[(values["indicator"] == indicator) & (values["group"] == series)].set_index("year")["value"]
    rows = returns[(returns["indicator"] == indicator) & (returns["band"] == band)]
    added = roll_up(rows, to=WHITE_BME).groupby(["group", "period"])["numerator"].sum()
    share = 100 * added["BME"] / added.groupby("period").sum()
    # 560 seats on forty boards: one in forty is 2.5 points.
    assert (share - wanted).abs().max() < tolerance


def test_records_are_of_invented_people_with_codes_that_can_be_read(samples):
    staff, applicants = (
        pd.read_csv(samples / f"{kind}_synthetic.csv", dtype=str, keep_default_na=False)
        for kind in ("staff", "applicants")
    )
    assert staff["person"].str.fullmatch(r"P\d{5}").all()
    assert applicants["application"].str.fullmatch(r"A\d{5}").all()
    assert (staff["primary"] == "Y").sum() == staff["person"].nunique() == len(applicants) == 4000
    assert {len(code) for code in staff["ethnic_code"]} == {0, 1, 2}
    assert not ((applicants["withdrawn"] == "Y") & (applicants["appointed"] == "Y")).any()


def test_readme_names_what_was_planted_where_and_when(samples):
    readme = (samples / "README.md").read_text(encoding="utf-8")
    for row in pd.read_csv(samples / "planted.csv", dtype=str, keep_default_na=False).itertuples():
        assert f"| {row.organisation} | {row.what} | {row.indicator} | {row.start} | {row.true_effect} |" in readme
    assert f"`SEED = {SEED}`" in readme


def test_the_programme_that_worked_is_in_the_data(samples, planted):
    months = read_wres_return(samples / "monthly_recruitment_synthetic.csv.gz")
    log_odds, _ = odds_change(months, planted["recruitment programme that worked"], "2023-04")
    assert 1.5 < np.exp(log_odds) < 1.95


def test_the_programme_without_effect_left_the_odds_as_they_were(samples, planted):
    months = read_wres_return(samples / "monthly_recruitment_synthetic.csv.gz")
    log_odds, variance = odds_change(months, planted["recruitment programme without effect"], "2022-10")
    assert abs(log_odds) < 1.96 * np.sqrt(variance)


def test_the_reversed_ratio_reverses(samples, returns, planted):
    place = planted["ratio reversed within bands (Simpson's paradox)"]
    by_band = read_wres_return(samples / "recruitment_by_band_synthetic.csv.gz")
    within = ratios(by_band[by_band["organisation"] == place])
    crude = ratios(
        returns[(returns["organisation"] == place) & (returns["indicator"] == "2") & (returns["period"] == "2025")]
    )
    assert (within["value"] < 1).all()
    assert crude["lower"].item() > 1.1


def test_stories_below_bme_are_opposite(returns, planted):
    place = returns[(returns["organisation"] == planted["opposite stories below BME"]) & (returns["indicator"] == "3")]
    added = roll_up(place, to="Five groups").groupby("group")[["numerator", "denominator"]].sum()
    rate = added["numerator"] / added["denominator"]
    assert rate["Black or Black British"] / rate["White"] > 1.5
    assert rate["Asian or Asian British"] / rate["White"] < 0.8


def test_one_organisation_is_tiny(returns, planted):
    tiny = returns[(returns["organisation"] == planted["tiny numbers"]) & (returns["band"] == "All staff")]
    assert tiny["denominator"].max() <= 60


def test_the_broken_return_is_refused_in_one_sentence(samples):
    with pytest.raises(InputError, match=r"broken_return_synthetic.csv, row 5, column numerator"):
        read_wres_return(samples / "broken_return_synthetic.csv")


def test_the_example_to_imitate_reads_the_same_from_both_files(samples):
    csv, xlsx = (
        read_wres_return(samples / f"wres_return_synthetic_one_organisation.{kind}") for kind in ("csv", "xlsx")
    )
    pd.testing.assert_frame_equal(csv, xlsx)
    assert set(csv["grouping"]) == {WHITE_BME}
    assert set(csv["indicator"]) == set("123456789")
