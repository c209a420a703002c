import pytest

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.band_clusters import BAND_CLUSTERS, TIER, band_clusters, representation_tables
from equity_metrics.measures.fairness.disparity_ratio import TIERS, disparity_ratios
from equity_metrics.measures.representation import representation
from equity_metrics.sources.workforce_totals import add_workforce_totals
from measures.small_tables import drawn

BANDS = """
    indicator | group     | band        | numerator | denominator
    1         | White     | 5           | 60        | 100
    1         | BME       | 5           | 38        | 100
    1         | Not known | 5           | 2         | 100
    1         | White     | 6           | 40        | 50
    1         | BME       | 6           | 10        | 50
    1         | White     | 8b          | 8         | 10
    1         | BME       | 8b          | 2         | 10
    1         | White     | 8c          | 9         | 9
    1         | White     | VSM         | 4         | 5
    1         | BME       | VSM         | 1         | 5
    1         | White     | Consultants | 30        | 60
    1         | BME       | Consultants | 30        | 60
    9         | White     | All members | 11        | 12
    9         | BME       | All members | 1         | 12
"""


@pytest.fixture
def counts():
    return add_workforce_totals(drawn(BANDS, source="Synthetic return", system="North"))


def people(table, band, group):
    row = table[(table["band"] == band) & (table["group"] == group)]
    return tuple(row[["numerator", "denominator"]].to_numpy()[0])


def test_people_add_and_everyone_in_a_band_is_counted_once(counts):
    table = band_clusters(counts)
    assert people(table, "Bands 5-7", "BME") == (48, 150)
    # Nobody of BME in band 8c has a row there: those nine people stay in the denominator.
    assert people(table, "Bands 8c-9 and VSM", "BME") == (1, 14)
    assert people(table, f"{TIER}upper", "White") == (21, 24)
    assert people(table, "Bands 5-7", "Not known") == (2, 150)
    assert set(table["indicator"]) == {"1"}


def test_each_cluster_says_of_which_bands_it_is_made_and_empty_ones_are_left_out(counts):
    table = band_clusters(counts)
    made_of = dict(zip(table["band"], table["made_of"], strict=True))
    assert made_of["Bands 8a-8b"] == "8a; 8b"
    assert "Bands 1-4 and under" not in made_of
    assert f"{TIER}lower" in made_of
    assert set(made_of) <= set(BAND_CLUSTERS)


def test_a_missing_band_makes_its_clusters_missing(counts):
    gone = (counts["band"] == "6") & (counts["group"] == "BME")
    counts.loc[gone, ["numerator", "denominator"]] = None
    table = band_clusters(counts).set_index(["band", "group"])
    assert table.loc[("Bands 5-7", "BME"), ["numerator", "denominator"]].isna().all()
    assert table.loc[("Bands 5-7", "White"), "numerator"] == 100


def test_tiers_made_before_release_give_the_ratios_of_their_bands(counts):
    by_band = disparity_ratios(counts, "White", TIERS)
    tiers = {name: (f"{TIER}{name}",) for name in TIERS}
    by_tier = disparity_ratios(band_clusters(counts), "White", tiers)
    assert by_tier["value"].tolist() == pytest.approx(by_band["value"].tolist(), nan_ok=True)
    assert by_band.loc[(by_band["group"] == "BME") & (by_band["step"] == "lower to upper"), "value"].item() == (
        pytest.approx((21 / 60) / (3 / 38))
    )


def test_a_cluster_is_shown_where_its_small_bands_are_not(counts):
    released = release(representation_tables(counts))
    shown = released[released["withheld"] == ""]
    bme = shown[(shown["group"] == "BME") & (shown["level"] == "organisation")]
    assert "8b" not in set(bme["band"])
    assert "Bands 5-7" in set(bme["band"])
    assert {"North"} <= set(released["organisation"])
    assert (representation(released)["reference"] == "All staff").all()


@pytest.mark.parametrize(
    ("change", "clusters", "said"),
    [
        (lambda table: release(table), BAND_CLUSTERS, "before release"),
        (lambda table: table, {"6": ("5", "7")}, "which is a band"),
        (lambda table: table, {"Mine": ("9",)}, "no band of the clusters"),
    ],
)
def test_what_would_mislead_is_refused(counts, change, clusters, said):
    with pytest.raises(ValueError, match=said):
        band_clusters(change(counts), clusters)
