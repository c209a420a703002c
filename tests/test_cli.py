import subprocess
import sys

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


@pytest.fixture
def pack(samples, tmp_path, monkeypatch):
    """Return the words of the command that makes a pack in an empty folder."""
    monkeypatch.setenv("EQUITY_METRICS_KEPT", str(tmp_path / "kept"))
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    monkeypatch.chdir(tmp_path)
    own = str(samples / "wres_return_synthetic_one_organisation.csv")
    return ["report", "Bramwell Hospitals", "--year", "2025", "--file", own]


def test_report_makes_a_pack_and_review_finds_nothing_then_one_cell(pack, tmp_path, capsys):
    assert main(pack) == 0
    made, told = tmp_path / "board_pack_bramwell_hospitals_2025", capsys.readouterr()
    files = sum(path.is_file() for path in made.rglob("*"))
    assert told.out == (
        "The board pack of Bramwell Hospitals for 2025 was made from synthetic data (every number is invented): "
        f"{files} files in {made.name}.\n"
    )
    assert "Answering" in told.err
    assert main(["review", made.name]) == 0
    assert capsys.readouterr().out.startswith("Nothing differs: all ")
    table = made / "tables" / "indicator_4_white_bme.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2025,4,BME,,,", "2025,4,BME,,,9"), encoding="utf-8")
    assert main(["review", made.name]) == 1
    assert "tables/indicator_4_white_bme.csv, row 2 (BME, 2025), numerator: 9" in capsys.readouterr().out
    assert main(pack) == 2
    assert capsys.readouterr().err.endswith("a pack; choose another name or add --force.\n")


def test_stopping_it_leaves_nothing(pack, tmp_path, monkeypatch, capsys):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("equity_metrics.packs.report.report_documents", stopped)
    assert main(pack) == 130
    assert capsys.readouterr().err.endswith("Stopped; no pack was made.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["report", "Alder", "--year", "2025"], "no pack was made"),
        (["review", "pack"], "nothing was compared"),
        (["check", "return.csv"], "nothing was checked"),
        (["present"], "nothing is open"),
    ],
)
def test_a_stop_is_one_sentence_whatever_the_command_was_doing(command, said, monkeypatch, capsys):
    def stopped(_chosen):
        raise KeyboardInterrupt

    monkeypatch.setattr("equity_metrics.cli._run", stopped)
    assert main(command) == 130
    assert capsys.readouterr().err == f"Stopped; {said}.\n"


def test_the_command_itself_loads_nothing_that_takes_long():
    code = (
        "import sys, equity_metrics.cli; print(sorted({'pandas', 'plotly', 'voila', 'jupyterlab'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_report_names_the_nearest_year(pack, capsys):
    pack[3] = "2052"
    assert main(pack) == 2
    assert capsys.readouterr().err.endswith("got: '2052'; is it '2025'?\n")


def test_review_of_no_pack_is_one_sentence(tmp_path, capsys):
    assert main(["review", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("provenance must be a file that exists")
