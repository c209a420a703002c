"""Senior management beside the workforce and the local population, from an employer's own bands."""

import pandas as pd
import pytest

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.local_population import beside_population
from equity_metrics.measures.representation import representation
from equity_metrics.sources.counts import check_counts
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.workforce_totals import add_workforce_totals
from equity_metrics.views.wres.explorer import WresExplorer

ROWS = [
    ("SC1", "Care worker", "White", 300, 500),
    ("SC1", "Care worker", "BME", 200, 500),
    ("SC1", "Team leader", "White", 80, 100),
    ("SC1", "Team leader", "BME", 20, 100),
    ("SC9", "Heads of service", "White", 18, 20),
    ("SC9", "Heads of service", "BME", 2, 20),
]
CENSUS = "Census 2021, people of working age, Alderton"


@pytest.fixture
def counts() -> pd.DataFrame:
    table = pd.DataFrame(ROWS, columns=["indicator", "band", "group", "numerator", "denominator"])
    same = {"organisation": "Alderton Council", "period": "2025", "grouping": "White / BME", "source": "Synthetic"}
    table = table.assign(level="organisation", **same).astype({"numerator": float, "denominator": float})
    return add_workforce_totals(check_counts(table))


def test_bands_of_the_employer_stand_beside_its_own_workforce(counts):
    found = representation(counts).query("group == 'BME'").set_index("band")["value"]
    # 220 of 600 staff are BME: 200 of 500 care workers, 20 of 100 team leaders, 2 of 20 heads of service.
    assert found["Care worker"] == pytest.approx(0.4 - 220 / 600)
    assert found["Team leader"] == pytest.approx(0.2 - 220 / 600)
    assert found["Heads of service"] == pytest.approx(0.1 - 220 / 600)


def test_senior_management_stands_beside_the_population_that_is_named(counts):
    row = beside_population(representation(counts), {"BME": 0.31}, CENSUS).set_index("band").loc["Heads of service"]
    assert (row["population_value"], row["population_source"]) == (0.31, CENSUS)
    assert row["population_gap"] == pytest.approx(0.1 - 0.31)
    assert row["persons"] == "2 of 20"


def test_what_is_withheld_stays_withheld_beside_the_population(counts):
    compared = representation(release([counts]))
    compared = compared.assign(withheld=compared["withheld"].mask(compared["band"] == "Team leader", "small"))
    gaps = beside_population(compared, {"BME": 0.31}, CENSUS).set_index("band")["population_gap"]
    assert pd.isna(gaps["Team leader"])
    assert gaps["Care worker"] == pytest.approx(0.09)


def test_social_care_and_nhs_counts_of_one_place_keep_their_own_workforce(counts):
    nhs = counts[counts["indicator"] == "SC1"].assign(indicator="1")
    nhs["band"] = nhs["band"].replace({"Care worker": "3", "Team leader": "6"})
    nhs["numerator"] = nhs["numerator"] / 2
    both = representation(pd.concat([counts, nhs], ignore_index=True)).query("group == 'BME'")
    reference = both.set_index(["indicator", "band"])["reference_value"]
    assert reference["SC9", "Heads of service"] == pytest.approx(220 / 600)
    assert reference["1", "3"] == pytest.approx(110 / 600)


def test_the_explorer_offers_the_employers_bands_and_says_what_is_not_confirmed(counts):
    explorer = WresExplorer(release([counts]), indicator="SC1", group="BME")
    assert "Care worker" in explorer.answer.sentence
    managers = WresExplorer(release([counts], audience="internal"), indicator="SC9", group="BME")
    assert "2 of 20 senior managers" in managers.answer.sentence
    assert "not all confirmed" in " ".join([*managers.answer.notes, managers.answer.alt])


def test_a_band_without_a_name_is_refused(counts):
    with pytest.raises(InputError, match=r"column band .* must be a band of indicator SC1, got: ''; name the band"):
        check_counts(counts.assign(band=counts["band"].replace({"Care worker": ""})))


@pytest.mark.parametrize(
    ("population", "source", "sentence"),
    [
        ({"BME": 31}, CENSUS, "population must hold shares between 0 and 1, got: 31 for BME"),
        ({"Asian": 0.2}, CENSUS, "population must name groups of White, BME, got: Asian"),
        ({"BME": 0.31}, " ", "source must name the count of the population, got: nothing"),
    ],
)
def test_refuses_in_one_sentence(counts, population, source, sentence):
    with pytest.raises(ValueError) as refused:
        beside_population(representation(counts), population, source)
    assert str(refused.value) == sentence
