from pathlib import Path

import openpyxl
import pytest

from equity_metrics.sources.errors import InputError
from equity_metrics.sources.wres_return import read_wres_return

HEADING = "organisation,period,indicator,group,band,numerator,denominator"
GOOD = [
    "Alder,2025,2,White,,30,300",
    "Alder,2025,2,BME,,5,100",
    "Alder,2025,2,Not known,,0,4",
    "Alder,2025,1,White,5,60,100",
    "Alder,2025,1,BME,5,30,100",
    "Alder,2025,1,White,8a,9,10",
    "Alder,2025,1,BME,8a,1,10",
]


def written(folder: Path, lines: list[str], heading: str = HEADING, name: str = "return.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    return path


def sentence(folder: Path, lines: list[str], **kwargs: str) -> str:
    with pytest.raises(InputError) as caught:
        read_wres_return(written(folder, lines, **kwargs))
    message = str(caught.value)
    assert "\n" not in message
    assert "return.csv" in message
    return message


def test_reads_counts_and_adds_the_workforce(tmp_path):
    counts = read_wres_return(written(tmp_path, GOOD))
    assert len(counts) == len(GOOD) + 2
    workforce = counts[counts["band"] == "All staff"].set_index("group")
    assert workforce.loc["White", ["numerator", "denominator"]].tolist() == [69, 110]
    assert workforce.loc["BME", ["numerator", "denominator"]].tolist() == [31, 110]
    assert set(counts["grouping"]) == {"White / BME"}
    assert set(counts["source"]) == {"return.csv"}


def test_staff_groups_are_added_up_on_complete_counts(tmp_path):
    heading = "organisation,period,indicator,group,band,staff_group,numerator,denominator"
    lines = [
        "Alder,2025,1,White,5,Clinical,60,100",
        "Alder,2025,1,BME,5,Clinical,40,100",
        "Alder,2025,1,White,5,Non-clinical,8,10",
        "Alder,2025,1,White,6,Clinical,7,9",
    ]
    counts = read_wres_return(written(tmp_path, lines, heading=heading)).set_index(["group", "band", "staff_group"])
    assert counts.loc[("White", "5", "All staff groups"), ["numerator", "denominator"]].tolist() == [68, 110]
    assert counts.loc[("BME", "5", "All staff groups"), ["numerator", "denominator"]].tolist() == [40, 110]
    assert counts.loc[("White", "All staff", "Clinical"), ["numerator", "denominator"]].tolist() == [67, 109]
    assert counts.loc[("White", "All staff", "All staff groups"), ["numerator", "denominator"]].tolist() == [
        75,
        119,
    ]
    # A band in which nobody of a group works still has its staff in that group's denominator.
    assert counts.loc[("BME", "All staff", "All staff groups"), "denominator"] == 119


def test_a_suppressed_cell_makes_its_totals_missing(tmp_path):
    lines = [
        "Alder,2025,1,White,5,60,100",
        "Alder,2025,1,BME,5,*,*",
        "Alder,2025,1,White,6,9,10",
        "Alder,2025,1,BME,6,1,10",
    ]
    counts = read_wres_return(written(tmp_path, lines)).set_index(["group", "band"])
    assert counts.loc[("BME", "All staff"), ["numerator", "denominator"]].isna().all()


def test_codes_names_case_and_thousands(tmp_path):
    lines = [
        'Alder,2025,WRES indicator 3,a,,"1,030","12,000"',
        "Alder,2025,3,z,,1,90",
        "Alder,2025,3,chinese,,0,30",
        "Alder,2025,3,,,0,3",
    ]
    counts = read_wres_return(written(tmp_path, lines))
    assert counts["group"].tolist() == ["White - British", "Not stated", "Chinese", "Not known"]
    assert counts["grouping"].unique().tolist() == ["Workforce categories"]
    assert counts["numerator"].iloc[0] == 1030


def test_workbook_and_csv_read_the_same(tmp_path):
    book = openpyxl.Workbook()
    for row in [HEADING, *GOOD]:
        book.active.append([float(x) if x.replace(".", "").isdigit() else x for x in row.split(",")])
    book.save(tmp_path / "return.xlsx")
    from_csv = read_wres_return(written(tmp_path, GOOD))
    from_book = read_wres_return(tmp_path / "return.xlsx")
    assert from_book.drop(columns="source").equals(from_csv.drop(columns="source"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Alder,2025,3,White,,31,30", ["row 9", "column numerator", "at most its denominator (30)", "31"]),
        ("Alder,2025,3,White,,-1,30", ["row 9", "column numerator", "zero or more", "-1"]),
        ("Alder,2025,3,White,,1.5,30", ["row 9", "column numerator", "whole number", "1.5", "not a rate"]),
        ("Alder,2025,3,White,,12%,30", ["row 9", "column numerator", "be a count", "'12%'"]),
        ("Alder,2025,3,White,,few,30", ["row 9", "column numerator", "whole number", "'few'"]),
        ("Alder,2025,12,White,,1,30", ["row 9", "column indicator", "'12'"]),
        ("Alder,2025,3,White Britsh,,1,30", ["row 9", "column group", "White - British"]),
        ("Alder,2025,3,Q,,1,30", ["row 9", "column group", "'Q'", "A, B, C"]),
        ("Alder,2025,2,BME,,5,100", ["row 9", "repeats row 3", "BME"]),
        ("Alder,2025-03,3,White,,1,30", ["row 9", "column period", "one form", "'2025-03'"]),
        ("Alder,2024/25,3,White,,1,30", ["row 9", "column period", "'2024/25'", "2025"]),
        ("Alder,2025,2,White - Irish,,1,30", ["row 2", "column group", "same grouping"]),
        ("Alder,2025,1,White,17,1,30", ["row 9", "column band", "'17'"]),
        ("Alder,2025,1,Not known,5,1,101", ["column denominator", "same", "everyone in the band"]),
        ("Alder,2025,1,Not known,5,11,100", ["column denominator", "no less than their sum"]),
        ("Alder,2025,3,White,,1,", ["row 9", "column numerator", "together with its denominator"]),
        (",2025,3,White,,1,30", ["row 9", "column organisation"]),
    ],
)
def test_one_sentence_names_the_cell_and_what_to_do(tmp_path, line, words):
    message = sentence(tmp_path, [*GOOD, line])
    for word in words:
        assert word in message
    assert message.endswith(".")


def test_all_missing_columns_are_named_at_once_with_near_matches(tmp_path):
    message = sentence(
        tmp_path,
        ["Alder,2025,2,White,,30,300"],
        heading="organisation,period,indicator,ethnic_group,band,numeratr,total",
    )
    assert "group (is it 'ethnic_group'?)" in message
    assert "numerator (is it 'numeratr'?)" in message
    assert "denominator" in message


def test_a_message_counts_the_other_rows(tmp_path):
    message = sentence(tmp_path, [*GOOD, "Alder,2025,3,White,,31,30", "Birch,2025,3,White,,31,30"])
    assert "(and 1 more row)" in message


def test_files_that_are_no_returns(tmp_path):
    (tmp_path / "return.csv").write_text("")
    for name, content, words in (
        ("return.csv", b"", "an empty file"),
        ("return.csv", HEADING.encode(), "at least one row"),
        ("return.xlsx", b"this is not a workbook", "an Excel workbook"),
        ("return.pdf", b"%PDF", "CSV or XLSX"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=words):
            read_wres_return(tmp_path / name)
    with pytest.raises(InputError, match="exists"):
        read_wres_return(tmp_path / "absent.csv")


def test_a_sheet_is_named_in_the_sentence(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Return 2025"
    book.active.append(HEADING.split(","))
    book.active.append(["Alder", 2025, 3, "White", None, 40, 30])
    book.save(tmp_path / "return.xlsx")
    with pytest.raises(InputError, match=r"return.xlsx, sheet 'Return 2025', row 2, column numerator"):
        read_wres_return(tmp_path / "return.xlsx")
    with pytest.raises(InputError, match="'Return 2025'"):
        read_wres_return(tmp_path / "return.xlsx", sheet="Return 2024")


def test_a_notebook_shows_the_sentence_and_no_traceback():
    shown = InputError("return.csv must hold rows.")._render_traceback_()
    assert shown == ["Please check the input. return.csv must hold rows."]
