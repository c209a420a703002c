import json

import pytest

from equity_metrics.packs.provenance import InputFile, Provenance, input_file, read_provenance
from equity_metrics.sources.errors import InputError

PROVENANCE = Provenance(
    inputs=(InputFile("return.csv", "ab" * 32, 1204),),
    version="0.1.0",
    parameters={"organisation": "Bramwell Hospitals", "year": "2025"},
    data_date="WRES year 2025, ending 31 March 2025",
    synthetic=True,
    made_on="2025-06-01",
)


def test_lines_say_everything_in_sentences():
    assert PROVENANCE.lines() == (
        "Synthetic data: every organisation and every number is invented.",
        f"Made from return.csv: 1,204 rows of counts, SHA-256 {'ab' * 32}.",
        "Date of the data: WRES year 2025, ending 31 March 2025.",
        "Parameters: organisation Bramwell Hospitals; year 2025.",
        "Made on 2025-06-01 with equity_metrics 0.1.0.",
    )


def test_what_is_written_is_read_again(tmp_path):
    (tmp_path / "provenance.json").write_text(PROVENANCE.as_json(), encoding="utf-8")
    assert read_provenance(tmp_path / "provenance.json") == PROVENANCE


def test_an_input_file_is_told_by_its_bytes(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"abc")
    # SHA-256 of "abc": FIPS 180-4, example B.1.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert input_file(tmp_path / "a.csv", rows=1) == InputFile("a.csv", expected, 1)


def test_a_date_that_is_none_is_one_sentence(tmp_path):
    text = PROVENANCE.as_json().replace("2025-06-01", "yesterday")
    (tmp_path / "provenance.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"^provenance.json must hold inputs, version, parameters, dates"):
        read_provenance(tmp_path / "provenance.json")


def test_no_provenance_is_one_sentence(tmp_path):
    with pytest.raises(InputError) as refused:
        read_provenance(tmp_path / "provenance.json")
    assert str(refused.value) == (
        "provenance must be a file that exists, got: 'provenance.json'; choose a pack's folder."
    )


@pytest.mark.parametrize("text", ["{", "[]", "{}", json.dumps({"inputs": [1], "parameters": {}})])
def test_something_else_is_one_sentence(tmp_path, text):
    (tmp_path / "provenance.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"^provenance.json must hold inputs, version, parameters"):
        read_provenance(tmp_path / "provenance.json")
