import csv
import gzip
import hashlib
import json

import pandas as pd
import pytest

from equity_metrics import WresExplorer, read_wres_return, release, roll_ups
from equity_metrics.packs.report import board_pack, report
from equity_metrics.packs.report_files import save_pack, tidy_csv
from equity_metrics.sources.errors import InputError

ORGANISATION, YEAR = "Bramwell Hospitals", "2025"


@pytest.fixture(scope="module")
def detailed_return(samples, tmp_path_factory):
    """Return one organisation's two years, every ethnic category."""
    heading, *rows = gzip.decompress((samples / "wres_returns_synthetic.csv.gz").read_bytes()).decode().splitlines()
    path = tmp_path_factory.mktemp("return") / "detailed.csv"
    kept = [row for row in rows if row.startswith((f"{ORGANISATION},2024", f"{ORGANISATION},2025"))]
    path.write_text("\n".join([heading, *kept]), encoding="utf-8")
    return path


@pytest.fixture(scope="module", autouse=True)
def kept(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_METRICS_KEPT", str(tmp_path_factory.mktemp("kept")))
        # Drawing every picture takes longer than all else; tests/packs/test_board_paper.py draws.
        patch.setenv("BROWSER_PATH", "/nowhere/chromium")
        yield


@pytest.fixture(scope="module")
def made(detailed_return):
    return report(detailed_return, ORGANISATION, YEAR)


def test_every_indicator_is_answered_for_both_and_for_every_group(made):
    assert [(part.choice.indicator, part.choice.grouping) for part in made.parts] == [
        (str(indicator), grouping)
        for indicator in range(1, 10)
        for grouping in (
            "White / BME",
            "Survey categories 2018-2024" if 5 <= indicator <= 8 else "Workforce categories",
        )
    ]


def test_answers_are_those_that_the_notebook_shows(made, detailed_return):
    explorer = WresExplorer(release(roll_ups(read_wres_return(detailed_return))))
    for part in made.parts:
        for name in ("indicator", "grouping", "reference", "group", "period", "band"):
            setattr(explorer, name, getattr(part.choice, name))
        assert (explorer.answer.sentence, explorer.answer.alt) == (part.answer.sentence, part.answer.alt)
        pd.testing.assert_frame_equal(explorer.answer.table, part.answer.table)


def test_no_withheld_number_is_in_any_table(made):
    for part in made.parts:
        withheld = part.numbers[part.numbers["withheld"] != ""]
        assert withheld[["value", "lower", "upper"]].isna().all(axis=None)
        assert set(part.numbers["audience"]) == {"publish"}
    assert sum((part.numbers["withheld"] != "").sum() for part in made.parts) > 50


def test_methods_say_what_made_each_number(made):
    methods = made.tables()["methods.csv"].set_index(["table", "method"])
    assert methods[["shown", "withheld", "not_defined"]].sum().sum() == sum(len(part.numbers) for part in made.parts)
    assert "Koopman score" in methods.loc["indicator_2_white_bme"].index
    assert set(methods["input"]) == {"detailed.csv"}
    with_interval = methods["confidence"] == "95 %"
    assert set(methods["confidence"]) == {"95 %", "no interval"}
    assert (methods.loc[with_interval, "published_in"] != "").all()
    shown = methods["shown"] > 0
    assert methods.loc[~with_interval & shown].index.get_level_values("method").str.startswith("full count").all()


def test_a_pack_is_there_whole_with_the_fingerprint_of_each_file(detailed_return, tmp_path):
    pack = board_pack(detailed_return, ORGANISATION, YEAR, tmp_path / "pack")
    lines = (pack / "files.sha256").read_text(encoding="utf-8").splitlines()
    told = {name: sha256 for sha256, name in (line.split("  ") for line in lines)}
    there = {p.relative_to(pack).as_posix(): p for p in pack.rglob("*") if p.is_file()}
    assert told == {n: hashlib.sha256(p.read_bytes()).hexdigest() for n, p in there.items() if n != "files.sha256"}
    provenance = json.loads((pack / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["inputs"][0]["sha256"] == hashlib.sha256(detailed_return.read_bytes()).hexdigest()
    assert provenance["synthetic"] is True
    assert {"board_paper.html", "numbers.xlsx", "slides.pptx"} <= set(there)
    assert [p.name for p in tmp_path.iterdir()] == ["pack"]


def test_a_number_in_a_table_is_that_of_the_return(made, detailed_return):
    rows = list(csv.DictReader(detailed_return.read_text(encoding="utf-8").splitlines()))
    counted = {
        r["group"]: (int(r["numerator"]), int(r["denominator"]))
        for r in rows
        if r["indicator"] == "2" and r["period"] == YEAR
    }
    numbers = next(part.numbers for part in made.parts if part.name == "indicator_2_workforce_categories")
    shown = numbers[(numbers["withheld"] == "") & (numbers["period"] == YEAR)]
    assert len(shown) >= 3
    for row in shown.itertuples():
        (x, n), (rx, rn) = counted[row.group], counted["White - British"]
        assert row.value == pytest.approx((rx / rn) / (x / n))


def test_a_pack_in_the_way_is_said_before_any_work(tmp_path):
    save_pack({"provenance.json": b"1"}, tmp_path / "pack")
    with pytest.raises(InputError, match="add --force"):
        board_pack(tmp_path / "no_such_return.csv", ORGANISATION, YEAR, tmp_path / "pack")


def test_a_pack_is_not_overwritten_without_force(tmp_path):
    save_pack({"provenance.json": b"1"}, tmp_path / "pack")
    with pytest.raises(InputError, match=r"^out must be a new folder, got: 'pack', a pack; .* --force\.$"):
        save_pack({"provenance.json": b"2"}, tmp_path / "pack")
    save_pack({"provenance.json": b"3"}, tmp_path / "pack", force=True)
    assert (tmp_path / "pack" / "provenance.json").read_bytes() == b"3"


def test_a_folder_that_is_no_pack_is_never_replaced(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="which is no pack"):
        save_pack({"provenance.json": b""}, tmp_path / "own", force=True)
    assert (tmp_path / "own" / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_pack_that_cannot_be_finished_leaves_nothing(tmp_path):
    with pytest.raises(InputError, match="must be a folder that can be written"):
        save_pack({"a": b"", "a/b": b""}, tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_is_a_formula_to_a_spreadsheet_is_not_one():
    table = pd.DataFrame({"organisation": ["=1+1", "A"], "value": [-0.5, 1 / 3]})
    assert tidy_csv(table).decode("utf-8-sig") == "organisation,value\n'=1+1,-0.5\nA,0.3333333333\n"


@pytest.mark.parametrize(
    ("organisation", "year", "sentence"),
    [
        ("Bramwel Hospitals", YEAR, "organisation must be in detailed.csv, got: 'Bramwel Hospitals'; is it 'Bramwell"),
        (ORGANISATION, "2052", "year must be in Bramwell Hospitals in detailed.csv, got: '2052'; is it '2025'"),
    ],
)
def test_an_unknown_organisation_or_year_names_the_nearest(detailed_return, organisation, year, sentence):
    with pytest.raises(InputError) as refused:
        report(detailed_return, organisation, year)
    assert str(refused.value).startswith(sentence)
