"""Published effects: each has a source, says how it was studied, and the warning stands beside them."""

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.catalogue.published_effects import PUBLISHED_EFFECTS, WARNING


def test_each_has_a_known_indicator_a_source_and_a_design():
    assert len(PUBLISHED_EFFECTS) >= 8
    for effect in PUBLISHED_EFFECTS:
        assert effect.indicator in INDICATORS
        assert effect.source.startswith("https://")
        assert effect.published
        assert effect.design


def test_the_figures_are_those_published():
    words = {effect.where: effect.published for effect in PUBLISHED_EFFECTS}
    assert words["Black Country Healthcare"] == "Relative likelihood 1.6 to 1.24 in one year"
    assert words["Barking Havering and Redbridge"] == "Relative likelihood 1.12, then 0.51, then 1.02"
    assert "× 1.7" in words["Imperial College Healthcare"]
    assert "2.44 (2018) to 1.25 (2022)" in words["Buckinghamshire Healthcare"]


def test_the_warning_speaks_of_control_and_of_numbers():
    assert "uncontrolled" in WARNING
    assert "small numbers" in WARNING
