import pytest

from equity_metrics.cli import main


def test_check_says_that_a_return_can_be_used(samples, capsys):
    assert main(["check", str(samples / "wres_return_synthetic_one_organisation.xlsx")]) == 0
    told = capsys.readouterr().out
    assert "can be used" in told
    assert "1 organisation(s), 2025 to 2025, indicators 1, 2, 3, 4, 5, 6, 7, 8, 9" in told


def test_check_says_in_one_sentence_what_is_wrong(samples, capsys):
    assert main(["check", str(samples / "broken_return_synthetic.csv")]) == 1
    told = capsys.readouterr().err
    assert told.startswith("broken_return_synthetic.csv, row 5, column numerator")
    assert told.count("\n") == 1


def test_lab_outside_a_checkout_says_where_to_run_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["lab"]) == 2
    assert "run the command in the checkout's top folder" in capsys.readouterr().err


def test_present_without_notebooks_says_where_to_run_it(tmp_path, capsys):
    assert main(["present", str(tmp_path)]) == 2
    assert "run the command in the checkout's top folder" in capsys.readouterr().err


def test_an_unknown_command_is_refused():
    with pytest.raises(SystemExit):
        main(["dance"])
