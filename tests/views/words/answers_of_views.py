"""Fixed samples in; the answers that each view gives to many choices out."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pandas as pd

from equity_metrics.measures.disclosure.release import release
from equity_metrics.measures.fairness.band_clusters import representation_tables
from equity_metrics.measures.roll_up import roll_up
from equity_metrics.measures.roll_ups import roll_ups
from equity_metrics.measures.survey.answers import survey_percentages
from equity_metrics.sources.staff_survey import read_staff_survey
from equity_metrics.sources.wres_return import read_wres_return
from equity_metrics.views.answers import Answer
from equity_metrics.views.behind_bme.explorer import BehindBmeExplorer
from equity_metrics.views.benchmarks.explorer import BenchmarkExplorer
from equity_metrics.views.drill_down.explorer import DrillDownExplorer
from equity_metrics.views.explorer import Explorer
from equity_metrics.views.fair_comparison.explorer import FairComparisonExplorer
from equity_metrics.views.representation.explorer import RepresentationExplorer
from equity_metrics.views.staff_survey.explorer import StaffSurveyExplorer
from equity_metrics.views.what_would_it_take.explorer import WhatWouldItTakeExplorer
from equity_metrics.views.wres.biggest_gap import BiggestGapExplorer
from equity_metrics.views.wres.explorer import WresExplorer

PLACE = "Ashmere Hospitals"
GROUPINGS = ("White / BME", "Five groups")


def _counts(samples: Path, indicators: str) -> pd.DataFrame:
    rows = read_wres_return(samples / "wres_returns_synthetic.csv.gz")
    return rows[rows["indicator"].isin(list(indicators)) & (rows["period"] == "2025")]


def all_of(explorer: Explorer, **choices: tuple[str, ...]) -> Iterator[Answer]:
    """Answer every combination of what is to be chosen, as far as the explorer offers it."""
    for chosen in product(*choices.values()):
        for name, value in zip(choices, chosen, strict=True):
            setattr(explorer, name, value)
        yield explorer.answer


def fair_comparison(samples: Path) -> Iterator[Answer]:
    """Compare fairly: every picture of two indicators, with pay bands where there are any."""
    own = _counts(samples, "27").query("organisation == @PLACE")
    by_band = read_wres_return(samples / "recruitment_by_band_synthetic.csv.gz").query("organisation == @PLACE")
    explorer = FairComparisonExplorer(release([*roll_ups(own), *roll_ups(by_band)]), organisation=PLACE)
    pictures = explorer._controls["picture_of"].options
    return all_of(explorer, indicator=("2", "7"), grouping=GROUPINGS, picture_of=pictures)


def representation(samples: Path) -> Iterator[Answer]:
    """Show bands, clusters and the board."""
    bands = read_wres_return(samples / "bands_by_staff_group_synthetic.csv.gz")
    counts = pd.concat([bands, _counts(samples, "9")]).query("organisation == @PLACE")
    tables = representation_tables(roll_up(counts, to="Five groups").assign(system="Eastvale", region="Upper region"))
    explorer = RepresentationExplorer(release(tables, audience="internal"), organisation=PLACE)
    return all_of(explorer, show=explorer._controls["show"].options, grouping=GROUPINGS)


def benchmarks(samples: Path) -> Iterator[Answer]:
    """Place one organisation among all, as a rate and as a ratio."""
    explorer = BenchmarkExplorer(release(roll_up(_counts(samples, "25"), to="White / BME")), organisation=PLACE)
    controls = explorer._controls
    return all_of(
        explorer, indicator=("2", "5"), measure=controls["measure"].options, limits=controls["limits"].options
    )


def behind_bme(samples: Path) -> Iterator[Answer]:
    """Look behind BME, in one organisation and in all together."""
    counts = _counts(samples, "23").query("organisation in [@PLACE, 'Bramwell Hospitals']")
    explorer = BehindBmeExplorer(release(roll_ups(counts), audience="internal"))
    return all_of(explorer, organisation=(PLACE, "All organisations"), indicator=("2", "3"), grouping=GROUPINGS)


def staff_survey(samples: Path) -> Iterator[Answer]:
    """Answer questions and scores of the national file."""
    national = read_staff_survey(samples / "staff_survey_national_synthetic.xlsx", progress=False)
    explorer = StaffSurveyExplorer(release([survey_percentages(national)]))
    topics = ("discrimination_staff", "career_fairness", "PP1_3")
    return all_of(explorer, topic=topics, compare=explorer._controls["compare"].options)


def drill_down(samples: Path) -> Iterator[Answer]:
    """Go from all organisations into a few of them."""
    counts = _counts(samples, "28").query("organisation in [@PLACE, 'Bramwell Hospitals', 'Alderbrook Hospitals']")
    explorer = DrillDownExplorer(release(roll_ups(counts)))
    return all_of(explorer, indicator=("2", "8"), grouping=GROUPINGS)


def wres(samples: Path) -> Iterator[Answer]:
    """Answer indicators of one organisation in every way of comparing."""
    explorer = WresExplorer(release(roll_ups(_counts(samples, "25").query("organisation == @PLACE"))))
    return all_of(explorer, indicator=("2", "5"), compare=explorer._controls["compare"].options)


def biggest_gap(samples: Path) -> Iterator[Answer]:
    """Name the largest gap of each kind, for BME and for each of the five groups."""
    explorer = BiggestGapExplorer(release(roll_ups(_counts(samples, "2345678").query("organisation == @PLACE"))))
    return all_of(explorer, grouping=GROUPINGS)


def what_would_it_take(samples: Path) -> Iterator[Answer]:
    """Say how many more or fewer it would be, in every way that the view offers."""
    explorer = WhatWouldItTakeExplorer(release(roll_ups(_counts(samples, "2345678").query("organisation == @PLACE"))))
    scenarios = tuple(scenario for _, scenario in explorer._controls["scenario"].options)
    return all_of(explorer, scenario=scenarios, group=explorer._controls["group"].options)


VIEWS: tuple[Callable[[Path], Iterator[Answer]], ...] = (
    fair_comparison, representation, benchmarks, behind_bme, staff_survey, drill_down, wres,
    biggest_gap, what_would_it_take,
)  # fmt: skip
