"""Counts of each kind of record; what is refused, in one sentence that shows no person's row."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_metrics.measures.roll_up import roll_up
from equity_metrics.sources.errors import InputError
from equity_metrics.sources.records.count_records import count_records
from equity_metrics.sources.respondents import read_respondents


def staff(**columns: object) -> pd.DataFrame:
    plain = {
        "organisation": "Alder",
        "snapshot": "2025-03-31",
        "ethnic_code": "A",
        "pay_band": "Band 5",
        "primary": "Y",
    }
    size = max((len(c) for c in columns.values() if isinstance(c, list)), default=1)
    return pd.DataFrame({**plain, **columns}, index=range(size))


def applications(**columns: object) -> pd.DataFrame:
    plain = {"organisation": "Alder", "date": "2024-06-01", "ethnic_code": "A"}
    size = max(len(c) for c in columns.values() if isinstance(c, list))
    return pd.DataFrame({**plain, "shortlisted": "Y", "appointed": "N", "withdrawn": "N", **columns}, index=range(size))


def cell(counts: pd.DataFrame, **keys: str) -> tuple[float, float]:
    row = counts.loc[(counts[list(keys)] == pd.Series(keys)).all(axis=1)]
    assert len(row) == 1, row
    return row["numerator"].iloc[0], row["denominator"].iloc[0]


def test_respondents_are_counted_as_their_own_reader_counts_them(samples: Path):
    path = samples / "respondents_synthetic.csv"
    keys = ["organisation", "period", "indicator", "group"]
    both = count_records(path, "respondents").merge(read_respondents(path), on=keys, how="outer", indicator=True)
    assert (both["_merge"] == "both").all()
    assert len(both) == 144
    assert (both["numerator_x"] == both["numerator_y"]).all()
    assert (both["denominator_x"] == both["denominator_y"]).all()


def test_the_sample_of_staff_is_counted_by_band_and_group_and_called_synthetic(samples: Path):
    counts = count_records(samples / "staff_synthetic.csv", "staff")
    rows = pd.read_csv(samples / "staff_synthetic.csv", dtype=str, keep_default_na=False)
    primary = rows[rows["primary"] == "Y"]
    assert counts["source"].unique() == ["Synthetic"]
    everybody = counts[counts["band"] == "All staff"]
    assert everybody["numerator"].sum() == everybody["denominator"].iloc[0] == len(primary)
    asian = primary["ethnic_code"].str[:1].isin(list("HJKLR"))
    five = roll_up(counts, "Five groups")
    assert cell(five, band="All staff", group="Asian or Asian British") == (asian.sum(), len(primary))


def test_one_who_withdrew_and_an_outcome_that_is_not_recorded_are_in_neither_count():
    records = applications(appointed=["Y", "N", "", "N", "Y"], withdrawn=["N", "N", "N", "Y", ""])
    counts = count_records(records, "applications")
    assert cell(counts, indicator="2") == (2, 3)


def test_an_application_belongs_to_the_year_that_ends_on_31_march():
    counts = count_records(applications(date=["2024-03-31", "2024-04-01", "2025-03-31"]), "applications")
    assert dict(zip(counts["period"], counts["denominator"], strict=True)) == {"2024": 1, "2025": 2}


def test_months_are_kept_where_the_file_asks_for_them(tmp_path: Path):
    own = tmp_path / "mine.toml"
    own.write_text('spec = "applications"\nperiod = "month"\n[columns]\nethnic_code = "Ethnic Origin"\n')
    records = applications(date=["2024-06-01", "2024-06-20", "2024-07-01"]).rename(
        columns={"ethnic_code": "Ethnic Origin"}
    )
    counts = count_records(records, own)
    assert dict(zip(counts["period"], counts["denominator"], strict=True)) == {"2024-06": 2, "2024-07": 1}


def test_full_time_equivalents_are_added_up_and_rounded_to_whole_ones(tmp_path: Path):
    own = tmp_path / "mine.toml"
    own.write_text('spec = "staff"\nweight = "fte"\n')
    records = staff(fte=["0.6", "0.6", "1", "0.3"], ethnic_code=["A", "A", "A", "H"])
    counts = count_records(records, own)
    assert cell(counts, band="5", group="White - British") == (2, 2)


def test_a_mark_in_the_staff_record_gives_disciplinary_entry_and_training():
    records = staff(entered=["Y", "", "N"], trained=["Y", "Y", "N"], ethnic_code=["H", "H", "A"])
    assert cell(count_records(records, "cases"), group="Asian or Asian British - Indian") == (1, 2)
    assert cell(count_records(records, "training"), group="Asian or Asian British - Indian") == (2, 2)


def test_two_snapshots_in_a_month_are_refused(tmp_path: Path):
    own = tmp_path / "mine.toml"
    own.write_text('spec = "staff"\nperiod = "each snapshot"\n')
    records = staff(snapshot=["2025-03-31", "2025-03-30", "2025-04-30"])
    with pytest.raises(InputError) as error:
        count_records(records, own)
    assert str(error.value) == (
        "records of staff in post, column snapshot must have one snapshot a month, got: 2025-03-30 and 2025-03-31 "
        "for Alder; leave out all but one."
    )
    months = count_records(staff(snapshot=["2025-03-31", "2025-04-30"]), own)
    assert sorted(months["period"].unique()) == ["2025-03", "2025-04"]


@pytest.mark.parametrize(
    ("records", "spec", "sentence"),
    [
        (
            staff(ethnic_code=["A", "QQ", "QQ"]),
            "staff",
            "column ethnic_code must be a code of Workforce categories, got: 'QQ' in 2 rows; correct it.",
        ),
        (
            staff(pay_band=["Band 5", "Grade X"]),
            "staff",
            "column pay_band must be a pay band, got: 'Grade X' in 1 row; give your spelling under [bands]",
        ),
        (
            staff(primary=["Y", "perhaps"]),
            "staff",
            "column primary must be one of y, yes, true, 1, primary, n, no, false, 0, secondary, got: 'perhaps' in",
        ),
        (staff(snapshot=["31/03/2025"]), "staff", "column snapshot must be a date as 2025-03-31, got: '31/03/2025'"),
        (staff(snapshot=["2025-02-28"]), "staff", "must hold at least one row to count, got: none"),
        (staff(organisation=["", "Alder"]), "staff", "column organisation must name an organisation in every row"),
        (staff().rename(columns={"pay_band": "band"}), "staff", "got none of the name pay_band; name yours under"),
        (staff(), "staf", "spec must be one of applications, cases, respondents, staff, training, or a TOML file"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(records, spec, sentence):
    with pytest.raises(InputError) as error:
        count_records(records, spec)
    assert sentence in str(error.value)


def test_a_dimension_that_no_table_has_is_refused():
    with pytest.raises(
        InputError, match=r"^by must be of band, staff_group, .*, site, got: pay_band; give your column"
    ):
        count_records(pd.DataFrame({"pay_band": ["7"]}), "applications", by=["pay_band"])


def test_own_spellings_of_bands_are_read(tmp_path: Path):
    own = tmp_path / "mine.toml"
    own.write_text('spec = "staff"\n[bands]\n"Grade X" = "7"\n')
    assert cell(count_records(staff(pay_band=["Grade X"]), own), band="7") == (1, 1)


def test_files_folders_and_databases_hold_the_same(tmp_path: Path):
    records = staff(ethnic_code=["A", "H", "09", ""], pay_band=["Band 5", "8a", "VSM", "Band 9"])
    records.loc[2, "ethnic_code"] = "Z"
    folder = tmp_path / "years"
    folder.mkdir()
    records[:2].to_csv(folder / "a.csv", index=False)
    records[2:].to_csv(folder / "b.csv", index=False)
    database = tmp_path / "staff.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.register("given", records)
        connection.execute("CREATE TABLE staff AS SELECT * FROM given")
    expected = count_records(records, "staff", source="x")
    for place, table in ((folder, ""), (folder / "*.csv", ""), (database, "staff")):
        pd.testing.assert_frame_equal(count_records(place, "staff", table=table, source="x"), expected)
    with pytest.raises(InputError, match=r"table must be one of staff\.duckdb: staff; got: ''"):
        count_records(database, "staff")


@pytest.mark.parametrize("name", ["absent.csv", "absent.parquet", "absent.duckdb", "staff.docx"])
def test_a_path_that_is_wrong_is_refused_without_its_folder(tmp_path: Path, name: str):
    with pytest.raises(InputError) as error:
        count_records(tmp_path / name, "staff")
    assert name in str(error.value)
    assert str(tmp_path) not in str(error.value)


def test_a_table_of_no_known_kind_is_refused():
    with pytest.raises(TypeError, match="records must be a path or a table of pandas, polars"):
        count_records([1, 2], "staff")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A", "CA", "H", "Z", "", "99"]), st.sampled_from("YN")), min_size=1))
def test_groups_add_up_to_everybody_in_any_order(people):
    if all(primary == "N" for _, primary in people):
        return
    records = staff(ethnic_code=[code for code, _ in people], primary=[primary for _, primary in people])
    counts = count_records(records, "staff")
    everybody = counts[counts["band"] == "All staff"]
    assert everybody["numerator"].sum() == sum(primary == "Y" for _, primary in people)
    again = count_records(records.iloc[::-1], "staff")
    pd.testing.assert_frame_equal(counts, again)
