import pytest

from equity_metrics.packs.headlines import headline

LONG = "In 2025 at Bramwell Hospitals, 14.4 % of BME people were appointed."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"{LONG} Relative likelihood 1.42. More.", (LONG, "Relative likelihood 1.42. More.")),
        (LONG, (LONG, "")),
        (f"In 2024, England. {LONG} More.", (f"In 2024, England. {LONG}", "More.")),
        ("", ("", "")),
    ],
)
def test_the_first_sentence_that_says_something_is_the_heading(words, expected):
    assert headline(words) == expected
