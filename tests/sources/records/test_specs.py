"""Record specs as files: the package's own are whole, and a fault in one's own is named."""

from pathlib import Path

import pytest

from equity_metrics.sources.errors import InputError
from equity_metrics.sources.records.specs import read_record_spec, record_specs


@pytest.mark.parametrize("name", record_specs())
def test_every_spec_of_the_package_is_read(name: str):
    spec = read_record_spec(name)
    assert spec.indicators
    assert set(spec.keep) <= set(spec.words) <= set(spec.columns)


def test_own_file_takes_the_place_of_what_it_names_and_keeps_the_rest(tmp_path: Path):
    own = tmp_path / "mine.toml"
    own.write_text('spec = "applications"\n[columns]\nappointed = "Outcome"\n[words.appointed]\nyes = ["Offer made"]\n')
    spec, ours = read_record_spec(own), read_record_spec("applications")
    assert spec.columns["appointed"] == "Outcome"
    assert spec.words["appointed"]["yes"] == ("offer made",)
    assert spec.words["appointed"]["no"] == ours.words["appointed"]["no"]
    assert spec.indicators == ours.indicators


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            'spec = "staf"',
            "mine.toml, spec must be one of applications, cases, respondents, staff, training, got: 'staf'; is it",
        ),
        ('spec = "staff"\nperiods = "month"', "mine.toml must have only describes, codes, date, period"),
        ('spec = "staff"\nperiod = "monthly"', "mine.toml, period must be one of 31 March, each snapshot"),
        ('spec = "staff"\n[columns]\nethnicode = "x"', "mine.toml, [columns] must have only organisation"),
        (
            'spec = "staff"\n[keep]\nprimary = ["maybe"]',
            "mine.toml, [keep], primary must have only yes, no, got: 'maybe'",
        ),
        ('describes = "x"', "mine.toml must have codes, date, period, columns, indicators, got: none"),
        ("spec = ", "mine.toml must be a TOML file, got:"),
        ('spec = "staff"\n[[indicators]]\nid = "12"', "id must be one of 1, 2, 3"),
    ],
)
def test_a_fault_is_named_with_the_nearest_right_name(tmp_path: Path, text: str, sentence: str):
    own = tmp_path / "mine.toml"
    own.write_text(text)
    with pytest.raises(InputError) as error:
        read_record_spec(own)
    assert sentence in str(error.value)
