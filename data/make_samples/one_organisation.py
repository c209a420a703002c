"""All returns in; the small return that a user would imitate, and a broken one, out."""

from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from equity_metrics.catalogue.ethnic_groups import SURVEY_CATEGORIES, WHITE_BME, WORKFORCE_CATEGORIES, wider_groups
from make_samples.fixed_workbook import save_workbook
from make_samples.long_layout import SOURCE

NAME = "wres_return_synthetic_one_organisation"
COLUMNS = ["organisation", "period", "indicator", "group", "band", "definition", "numerator", "denominator", "source"]
WIDER = {**wider_groups(WORKFORCE_CATEGORIES, WHITE_BME), **wider_groups(SURVEY_CATEGORIES, WHITE_BME)}
BROKEN_ORGANISATION = "Thornmere Community Care"
BROKEN = (
    "organisation,period,indicator,group,band,numerator,denominator,source",
    f"{BROKEN_ORGANISATION},2025,2,White,,96,480,Synthetic",
    f"{BROKEN_ORGANISATION},2025,2,BME,,310,31,Synthetic",
    f"{BROKEN_ORGANISATION},2025,3,Whit,,12,1400,Synthetic",
    f"{BROKEN_ORGANISATION},2025,3,BME,,2%,410,Synthetic",
    f"{BROKEN_ORGANISATION},2025,3,BME,,9,410,Synthetic",
)


def write_one_organisation(returns: pd.DataFrame, organisation: str, folder: Path) -> list[Path]:
    """Write one organisation's last year, White / BME, as CSV and XLSX, and the broken return."""
    rows = returns[(returns["organisation"] == organisation) & (returns["period"] == "2025")].copy()
    rows["group"] = rows["group"].map(WIDER)
    keys = ["organisation", "period", "indicator", "group", "band", "definition"]
    # Everyone in a band is counted once, whatever the ethnic group.
    share = rows["indicator"].isin(["1", "9"])
    everyone = rows[share].drop_duplicates(["indicator", "band"]).set_index(["indicator", "band"])["denominator"]
    small = rows.groupby(keys, sort=False)[["numerator", "denominator"]].sum().reset_index()
    whole = pd.MultiIndex.from_frame(small[["indicator", "band"]]).map(everyone)
    small["denominator"] = small["denominator"].where(~small["indicator"].isin(["1", "9"]), whole).astype(int)
    small = small.assign(source=SOURCE)[COLUMNS]
    small.to_csv(folder / f"{NAME}.csv", index=False, lineterminator="\n")
    book = Workbook()
    book.active.title = "Return 2025"
    for row in [COLUMNS, *small.astype(object).itertuples(index=False, name=None)]:
        book.active.append(list(row))
    broken = folder / "broken_return_synthetic.csv"
    broken.write_text("\n".join(BROKEN) + "\n", encoding="utf-8", newline="\n")
    return [folder / f"{NAME}.csv", save_workbook(book, folder / f"{NAME}.xlsx"), broken]
