import pytest

from equity_metrics.change.charts.false_flags import false_flag_chance
from equity_metrics.views.baseline_trend.page import BaselineTrendPage
from equity_metrics.views.drawing.on_screen import REFUSAL
from views.monthly_examples import monthly_counts


@pytest.fixture(scope="module")
def counts():
    return monthly_counts()


def test_each_place_has_a_row_with_its_chart_its_icon_and_its_words(counts):
    page = BaselineTrendPage(counts, "2", group="BME", target="parity")
    assert page.table["Organisation"].tolist() == ["Alder", "Birch", "Cedar"]
    assert page.table["Latest point"][0] == "★ special cause, improving"
    assert page.table["Value"][2] == "not shown"
    assert set(page.table["Target"]) <= {"P passes", "F falls short", "? hit or miss", ""}
    html = page.html()
    assert html.count("<svg") == 2
    assert 'aria-label="2024-03' in html
    assert "Synthetic data" in html


def test_the_page_says_its_chance_of_any_false_flag(counts):
    page = BaselineTrendPage(counts, "3", group="BME", audience="internal", charted="rate")
    assert len(page.table) == 3
    free = BaselineTrendPage(counts, "2", group="BME")
    points = [int(text.split(" of ")[1]) for text in free.table["Flagged points"] if text]
    missed = 1.0
    for n in points:
        missed *= 1 - false_flag_chance(n, screened=True)
    assert f"any false flag is {100 * (1 - missed):.0f} %" in free.sentence


def test_the_page_can_be_held(counts):
    held = BaselineTrendPage(counts, "2", group="BME", hold="5 %")
    assert "any false flag is 5 %, held by wider limits" in held.sentence


def test_one_organisation_has_a_row_for_each_group(counts):
    page = BaselineTrendPage(counts, "2", organisation="Alder")
    assert page.table["Group"].tolist() == ["BME"]


def test_real_internal_pages_are_not_saved_as_text(counts):
    real = BaselineTrendPage(counts.assign(source="a real file"), "3", group="BME", audience="internal")
    kept = real._repr_mimebundle_()
    assert kept["text/plain"] == REFUSAL
    assert "text/html" not in kept
    public = BaselineTrendPage(counts, "3", group="BME")._repr_mimebundle_()
    assert "<table" in public["text/html"]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({}, "one of them"),
        ({"group": "BME", "organisation": "Alder"}, "one of them"),
        ({"group": "Asian"}, "group must be one of those"),
        ({"group": "BME", "charted": "path of the gap"}, "charted must be one of"),
    ],
)
def test_what_makes_no_page_is_refused(counts, wrong, fault):
    with pytest.raises(ValueError, match=fault):
        BaselineTrendPage(counts, "2", **wrong)
