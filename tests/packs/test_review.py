import json
import shutil
from functools import cache

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from equity_metrics.packs.report import board_pack, report
from equity_metrics.packs.review import review
from equity_metrics.packs.review_page import review_page
from equity_metrics.sources.errors import InputError

ORGANISATION, YEAR = "Bramwell Hospitals", "2025"
RETURN = "wres_return_synthetic_one_organisation.csv"
TABLE = "tables/indicator_2_white_bme.csv"


@pytest.fixture(scope="module")
def original(samples, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_METRICS_KEPT", str(tmp_path_factory.mktemp("kept")))
        patch.setenv("BROWSER_PATH", "/nowhere/chromium")
        # Each return is answered once for all reviews, and apart from the answers that are in the pack.
        patch.setattr("equity_metrics.packs.review.report", cache(report))
        yield board_pack(samples / RETURN, ORGANISATION, YEAR, tmp_path_factory.mktemp("packs") / "pack")


@pytest.fixture
def pack(original, tmp_path):
    return shutil.copytree(original, tmp_path / "copy")


def changed(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def results(found) -> dict[str, str]:
    return dict(zip(found.checks["checked"], found.checks["result"], strict=True))


def test_a_pack_as_it_was_made_is_the_same(pack):
    found = review(pack)
    assert found.same
    assert found.differences.empty
    assert set(found.checks["result"]) == {"agrees"}
    assert found.sentences[0].startswith("Nothing differs: all ")
    assert found.sentences[1] == "Inputs, version, parameters and files agree."


def test_one_changed_number_is_found_with_its_place(pack):
    changed(pack / TABLE, "BME,,,244,1700", "BME,,,254,1700")
    found = review(pack)
    assert not found.same
    assert found.differences.to_dict("records") == [
        {"file": TABLE, "row": 2, "about": "BME, 2025", "column": "numerator", "was": "254", "is": "244"}
    ]
    assert results(found)[f"file {TABLE}"] == "differs"
    assert found.sentences[0].endswith(f"cells differs, in {TABLE}.")


def test_a_changed_sentence_is_found(pack):
    changed(pack / "answers.csv", "22.6 %", "32.6 %")
    assert review(pack).differences[["file", "column"]].to_numpy().tolist() == [["answers.csv", "sentence"]]


def test_a_table_taken_out_and_a_file_put_in_are_found(pack):
    (pack / TABLE).unlink()
    (pack / "tables" / "extra.csv").write_text("a\n1\n", encoding="utf-8")
    found = review(pack)
    assert set(found.differences["file"]) == {TABLE, "tables/extra.csv"}
    assert set(found.differences.loc[found.differences["file"] == TABLE, "was"]) == {"nothing there"}
    assert (results(found)[f"file {TABLE}"], results(found)["file tables/extra.csv"]) == ("differs", "differs")


def test_a_changed_number_in_each_document_is_found(pack):
    book = load_workbook(pack / "numbers.xlsx")
    book["2 table"]["B2"] = "99.9 %"
    book.save(pack / "numbers.xlsx")
    show = Presentation(pack / "slides.pptx")
    show.slides[1].shapes.title.text_frame.text = "All is well."
    show.save(pack / "slides.pptx")
    changed(pack / "board_paper.html", "22.6 %", "32.6 %")
    found = review(pack)
    places = ["board_paper.html, page", "numbers.xlsx, sheet 2 table", "slides.pptx, slide 2"]
    assert found.differences["file"].tolist() == places
    assert found.differences[["was", "column"]].iloc[1].tolist() == ["99.9 %", "B"]
    assert found.differences["was"].iloc[2] == "All is well."
    assert found.sentences[0].endswith(" cells differ, in board_paper.html, numbers.xlsx, slides.pptx.")


def test_a_pack_without_one_document_says_so(pack):
    (pack / "slides.pptx").unlink()
    found = review(pack)
    assert set(found.differences["was"]) == {"nothing there"}
    assert results(found)["file slides.pptx"] == "differs"


def test_another_return_of_the_same_name_is_found(pack, samples, tmp_path):
    (tmp_path / RETURN).write_bytes((samples / RETURN).read_bytes())
    changed(tmp_path / RETURN, "2025,2,BME,,,244,", "2025,2,BME,,,250,")
    found = review(pack, tmp_path / RETURN)
    assert results(found)[f"SHA-256 of {RETURN}"] == "differs"
    numerators = found.differences[(found.differences["file"] == TABLE) & (found.differences["column"] == "numerator")]
    assert numerators[["was", "is"]].to_numpy().tolist() == [["244", "250"]]


def test_a_changed_parameter_is_found_though_no_number_differs(pack):
    changed(pack / "provenance.json", '"audience": "publish"', '"audience": "internal"')
    changed(pack / "provenance.json", '"code": "', '"code": "0')
    found = review(pack)
    # The documents still say what they were made from.
    assert set(found.differences["file"].str.split(",").str[0]) == {"board_paper.html", "numbers.xlsx", "slides.pptx"}
    assert found.differences["was"].str.contains("audience publish").all()
    assert not found.same
    assert results(found)["audience"] == "differs"
    assert results(found)["code"] == "differs, which by itself changes no number"


def test_an_input_more_than_there_is_now_is_found(pack):
    told = json.loads((pack / "provenance.json").read_text(encoding="utf-8"))
    told["inputs"].append({"name": "second.csv", "sha256": "0", "rows": 3})
    (pack / "provenance.json").write_text(json.dumps(told), encoding="utf-8")
    assert results(review(pack))["rows of counts of second.csv"] == "differs"


def test_a_pack_made_by_other_code_is_the_same_if_its_numbers_are(samples, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("equity_metrics.packs.report.fingerprint", lambda *_: "0" * 32)
        made = board_pack(samples / RETURN, ORGANISATION, YEAR, tmp_path / "pack")
    found = review(made)
    assert found.same
    assert results(found)["code"] == "differs, which by itself changes no number"
    assert found.sentences[2] == "Not the same, which by itself changes no number: code."


def test_one_page_says_what_made_each_number(pack):
    found = review(pack)
    assert {"table", "method", "confidence", "reference", "shown", "withheld", "input", "version"} <= set(found.methods)
    assert set(found.methods["input"]) == {RETURN}
    page = review_page(found)
    assert f"\nMade from {RETURN}: 100 rows of counts, SHA-256 " in page
    assert f"\n  indicator_2_white_bme, against White, from {RETURN}:\n    3 shown: relative" in page
    assert "relative likelihood; Koopman score (95 %); Koopman 1984, Biometrics 40: 513-517\n" in page


def test_the_page_says_every_cell_that_differs(pack):
    changed(pack / TABLE, "BME,,,244,1700", "BME,,,,1700")
    page = review_page(review(pack))
    assert f"\nCells that differ:\n  {TABLE}, row 2 (BME, 2025), numerator: empty in the pack, 244 now\n" in page
    assert f"\nWhat does not agree:\n  file {TABLE}: " in page


def test_without_its_return_a_pack_cannot_be_made_again(pack):
    changed(pack / "provenance.json", RETURN, "own.csv")
    with pytest.raises(InputError) as refused:
        review(pack)
    assert str(refused.value) == ("file must be the return the pack was made from, got: none; add --file own.csv.")


def test_a_folder_that_is_no_pack_is_one_sentence(tmp_path):
    with pytest.raises(InputError, match=r"^provenance must be a file that exists"):
        review(tmp_path)
