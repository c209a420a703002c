"""Action plans of one or several organisations, with their progress, in; one view of them all, out."""

from collections import Counter

import pandas as pd

from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.action_plans.action_progress import OPEN, PROGRESS, STANDINGS
from equity_metrics.change.action_plans.teachers import teachers
from equity_metrics.views.action_plan.figure import OVERDUE, PANELS, standings_figure
from equity_metrics.views.action_plan.whole_plan import whole_plan
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.exports import SYNTHETIC
from equity_metrics.views.words.wording import first_down

EVERYWHERE = "All organisations"
ABOVE_HEADINGS = 60
"""Pixels above the picture at which it says that data are synthetic: the headings of the panels have two lines."""
MOST_NAMED = 4
"""Of actions or organisations in one sentence; the table has all."""


def plan_answer(progress: pd.DataFrame, places: pd.DataFrame, organisation: str, sources: pd.Series) -> Answer:
    """Say what became of the actions of one organisation, or of all: success first, then who is late and who can help.

    Parameters
    ----------
    progress
        After :func:`equity_metrics.change.action_plans.action_progress.action_progress`, of all organisations.
    places
        From :func:`equity_metrics.change.action_plans.places_to_learn_from.places_to_learn_from`.
    organisation
        One of those in the plan, or ``All organisations``: then the picture has a row for each of them.
    sources
        What the files of the counts are called.

    Returns
    -------
    Answer
    """
    everywhere = organisation == EVERYWHERE
    own = progress if everywhere else progress[progress["organisation"] == organisation]
    links = teachers(progress, places)
    numbers = _numbers(own, "organisation" if everywhere else "action")
    figure = say_synthetic(standings_figure(numbers), sources)
    if len(figure.layout.annotations) > len(PANELS):
        figure.layout.annotations[-1].yshift = ABOVE_HEADINGS
    invented = sources.str.startswith("Synthetic").any()
    return Answer(
        " ".join(
            filter(None, [_counted(own, organisation), _success(own, places, organisation), _late(own, everywhere)])
        ),
        _table(own, links),
        figure,
        _alt(numbers, organisation),
        (
            *([SYNTHETIC] if invented else []),
            f"Source: {', '.join(sorted(set(sources)))}, and the action plan.",
            "What the data say is computed: what followed is compared with where the gap was heading. Nobody types it.",
            "“Cannot tell yet” is not “it did not work”: the figures are too few to say.",
            _by_luck(own),
            "A place to learn from moved closer to parity by more than common cause, in its latest two years. Limits "
            "are widened so that luck lists any place at all for an indicator in 1 of 20 such pages at most.",
            *_ask(links[links["action"].isin(own["action"])]),
            *_unowned(own),
        ),
    )


def _numbers(own: pd.DataFrame, rows: str) -> pd.DataFrame:
    labels = list(dict.fromkeys(own[rows]))
    counted = pd.crosstab(own[rows], own["standing"]).reindex(index=labels, columns=list(STANDINGS), fill_value=0)
    late = own.groupby(rows, sort=False)["overdue"].sum().reindex(labels)
    return counted.assign(**{OVERDUE: late.astype(int)}).rename_axis("label").reset_index()


def _counted(own: pd.DataFrame, organisation: str) -> str:
    many = len(own)
    if not many:
        return f"{organisation} has no action in the plan."
    counted = Counter(own["standing"])
    told = "; ".join(f"{standing} for {counted[standing]}" for standing in STANDINGS if counted[standing])
    who = f"{own['organisation'].nunique()} organisations have" if organisation == EVERYWHERE else f"{organisation} has"
    return f"{who} {many} {'action' if many == 1 else 'actions'}: {told}."


def _success(own: pd.DataFrame, places: pd.DataFrame, organisation: str) -> str:
    """Celebrate first: actions with evidence of progress, and places that improved; without any, say who can teach."""
    helped = [f"{row.action} ({row.organisation})" for row in own[own["standing"] == PROGRESS].itertuples()]
    here = places if organisation == EVERYWHERE else places[places["organisation"] == organisation]
    improved = [f"{row.organisation} (indicator {row.indicator})" for row in here.itertuples()]
    if helped or improved:
        told = ["To celebrate first: " + _named(helped)] if helped else []
        told += ["Closer to parity beyond common cause: " + _named(improved)] if improved else []
        return " ".join(f"{sentence}." for sentence in told)
    elsewhere = list(dict.fromkeys(places.loc[places["indicator"].isin(own["indicator"]), "organisation"]))
    return f"There is no success to celebrate yet; learn from {_named(elsewhere, ', ')}." if elsewhere else ""


def _late(own: pd.DataFrame, everywhere: bool) -> str:
    late = own[own["overdue"]]
    if late.empty:
        return "No review is overdue." if own["status"].isin(OPEN).any() else ""
    told = [f"{row.action} ({row.owner or 'nobody owns it'})" for row in late.itertuples()]
    if everywhere:
        told = [f"{place} ({many})" for place, many in Counter(late["organisation"]).most_common()]
    verb = "review is" if len(late) == 1 else "reviews are"
    return f"{len(late)} {verb} overdue: {_named(told)}."


def _ask(links: pd.DataFrame) -> list[str]:
    asking = links.groupby(["indicator", "teacher"], sort=False)[["because", "organisation"]].agg(dict.fromkeys)
    return [
        f"About indicator {indicator}, {first_down(INDICATORS[indicator].name)}, {teacher} can be asked: "
        f"{'; '.join(found.because)}. It may help {_named(list(found.organisation), ', ')}."
        for (indicator, teacher), found in asking.iterrows()
    ]


def _unowned(own: pd.DataFrame) -> list[str]:
    unowned = own[own["owner_warning"] != ""]
    if len(unowned) > MOST_NAMED:
        told = [f"{row.action} ({row.organisation})" for row in unowned.itertuples()]
        return [f"Name a role that holds authority for {_named(told)}."]
    return [f"{row.action}: {row.owner_warning}" for row in unowned.itertuples()]


def _by_luck(own: pd.DataFrame) -> str:
    tested = int(own["effect"].notna().sum())
    return f"Each action is tested by itself, at 95 %: of {tested} tested, luck may show a change in {tested / 20:.1f}."


def _named(told: list[str], between: str = "; ") -> str:
    """Name the first few, and say how many more there are."""
    more = f" and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    return f"{between.join(told[:MOST_NAMED])}{more}"


def _table(own: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    asked = links.groupby("action")["teacher"].agg(lambda names: ", ".join(dict.fromkeys(names))).to_dict()
    whom = [
        "can teach others" if standing == PROGRESS else asked.get(action, "nobody known")
        for action, standing in zip(own["action"], own["standing"], strict=True)
    ]
    return whole_plan(own).assign(**{"Who can be asked": whom})


def _alt(numbers: pd.DataFrame, organisation: str) -> str:
    rows = [
        f"{row['label']}: {', '.join(f'{row[panel]} {panel}' for panel in PANELS if row[panel])}"
        for row in numbers.to_dict("records")
    ]
    whose = "all organisations" if organisation == EVERYWHERE else organisation
    return f"Actions of {whose} by what the data say of them. {'; '.join(rows) or 'No action'}."
