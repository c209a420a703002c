"""Intervention files: what is read, and the one sentence for each fault."""

import pytest

from equity_metrics.sources.errors import InputError
from equity_metrics.sources.interventions import KEYS, read_interventions, sample_interventions

WHOLE = {
    "name": '"Panels"',
    "what": '"Diverse panels"',
    "where": '"Alderbrook Hospitals"',
    "indicator": '"2"',
    "start": '"2023-04"',
    "expected_direction": '"higher"',
    "smallest_worthwhile": "1.25",
    "prediction": '"A rise by half"',
    "agreed": "2023-02-14",
    "owner": '"Head of resourcing"',
}


def written(tmp_path, **changes):
    values = {key: value for key, value in {**WHOLE, **changes}.items() if value is not None}
    file = tmp_path / "panels.toml"
    file.write_text("\n".join(f"{key} = {value}" for key, value in values.items()), encoding="utf-8")
    return file


@pytest.fixture
def folder(samples):
    return samples.parent / "interventions"


def test_the_three_samples_are_read_in_order(folder):
    read = read_interventions(folder)
    assert [i.where for i in read] == ["Alderbrook Hospitals", "Cressley Hospitals", "Marlowe Cross Mental Health"]
    assert [i.chosen_for for i in read] == ["", "", "2023"]
    assert {i.source for i in read} == {"Synthetic"}
    assert all(i.agreed < i.start for i in read)


def test_the_samples_are_those_that_were_planted(folder, samples):
    planted = (samples / "planted.csv").read_text(encoding="utf-8")
    for i in read_interventions(folder):
        row = next(line for line in planted.splitlines() if line.startswith(i.where))
        assert f",{i.indicator},{i.start}," in row
        assert ("chosen for a bad year" in row) == (i.chosen_for != "")


def test_the_samples_are_found_from_anywhere(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert sample_interventions() == folder


def test_the_page_beside_the_files_names_every_key(folder):
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if f"`{key}`" not in page] == []


def test_what_is_left_out_has_a_meaning(tmp_path):
    (read,) = read_interventions(written(tmp_path))
    assert (read.group, read.reference, read.lead_in, read.stop_below) == ("BME", "White", 0, None)
    assert read.agreed == "2023-02-14"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"strat": '"2023-04"'}, "got: strat; did you mean start"),
        ({"owner": None}, "owner must be given, got: nothing"),
        ({"owner": '""'}, "owner must be given"),
        ({"start": '"April 2023"'}, "start must be a year (2023) or a month (2023-04), got: April 2023"),
        ({"chosen_for": '"last year"'}, "chosen_for must be a year"),
        ({"indicator": '"12"'}, "indicator must be one of 1, 2"),
        ({"indicator": "2"}, "indicator must be text in quotes, got: 2"),
        ({"expected_direction": '"up"'}, "expected_direction must be one of higher, lower, got: up"),
        ({"smallest_worthwhile": '"1.25"'}, "smallest_worthwhile must be a number without quotes, got: '1.25'"),
        ({"smallest_worthwhile": "0.8"}, "smallest_worthwhile must be above 1, a ratio, such as 1.25, got: 0.8"),
        ({"smallest_worthwhile": "nan"}, "smallest_worthwhile must be above 1, a ratio, such as 1.25, got: nan"),
        ({"indicator": '"9"', "smallest_worthwhile": "0"}, "smallest_worthwhile must be above 0, a difference, got: 0"),
        ({"lead_in": "-1"}, "lead_in must be 0 or more periods, got: -1"),
        ({"lead_in": "true"}, "lead_in must be a whole number without quotes, got: True"),
        ({"agreed": '"14 February"'}, "agreed must be a date without quotes, such as 2023-02-14"),
        (
            {"stop_below": "1.5", "spread_from": "1.3"},
            "stop_below must be agreed so that stop_below <= spread_from, got: 1.5",
        ),
        ({"spread_from": "1.1"}, "spread_from must be agreed so that stop_below <= spread_from, got: 1.1"),
        ({"starts": '{Ash = "2023-04"}'}, "starts must name at least 2 places, each once, got: Ash"),
        ({"starts": '{Ash = "2023-04", Elm = "soon"}'}, "starts must be a year (2023) or a month (2023-04), got: "),
        ({"starts": '{Ash = "2023-06", Elm = "2023-08"}'}, "start must be the first of starts (2023-06), got: 2023-04"),
        ({"starts": '"2023-04"'}, "starts must be a table [starts] of places and their first months, got: '2023-04'"),
        (
            {"starts": '{Ash = "2023-04", Elm = "2023-08"}', "chosen_for": '"2022"'},
            "lead_in and chosen_for must be left out where there are starts, got: chosen_for 2022",
        ),
        ({"stop_below": "1.5"}, "stop_below must be agreed so that stop_below <= spread_from, got: 1.5"),
    ],
)
def test_each_fault_is_one_sentence_with_file_key_and_value(tmp_path, changes, said):
    with pytest.raises(InputError) as caught:
        read_interventions(written(tmp_path, **changes))
    sentence = str(caught.value)
    assert sentence.startswith("panels.toml: ")
    assert said in sentence
    assert "\n" not in sentence


def test_a_file_that_is_not_toml_says_where(tmp_path):
    file = tmp_path / "panels.toml"
    file.write_text("name = Panels\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"panels\.toml must be a TOML file, got: .*line 1"):
        read_interventions(file)


def test_an_absent_file_and_an_empty_folder_are_named(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.toml must be readable"):
        read_interventions(tmp_path / "nowhere.toml")
    with pytest.raises(InputError, match="must hold at least one intervention file"):
        read_interventions(tmp_path)


def test_a_prediction_after_the_start_is_read_with_a_warning(tmp_path):
    with pytest.warns(UserWarning, match="panels.toml: The prediction is dated 2024-01-01, after the start in 2023-04"):
        (read,) = read_interventions(written(tmp_path, agreed="2024-01-01"))
    assert read.agreed == "2024-01-01"
