"""Scenarios of one place and year in; the answer to "what would it take?" for every group out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_metrics.catalogue.disclosure_policies import INTERNAL
from equity_metrics.catalogue.ethnic_groups import FIVE_GROUPS, WHITE_BME, groups_of
from equity_metrics.catalogue.indicators import INDICATORS
from equity_metrics.change.planning.gap_scenarios import AS_RESPONDENTS
from equity_metrics.measures.fairness.decisions import NOBODY, Verdict
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.on_screen import on_screen
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.verdict_signs import BEYOND_CHANCE, NO_VERDICT
from equity_metrics.views.what_would_it_take.scenario_figure import people_scale, scenario_figure
from equity_metrics.views.what_would_it_take.words import (
    claim,
    more_or_fewer,
    scenario_notes,
    scenario_sentence,
)
from equity_metrics.views.words.missing_values import missing_notes, own_reasons, value_words
from equity_metrics.views.words.sentences import alt_text, counts_words
from equity_metrics.views.words.wording import interval, percent, short_group, signed

GROUP_ORDER = list(dict.fromkeys([*groups_of(WHITE_BME), *groups_of(FIVE_GROUPS)]))
_UNSHOWN = {"value": np.nan, "lower": np.nan, "upper": np.nan, "verdict": NO_VERDICT, "against": NOBODY}


@dataclass(frozen=True)
class ScenarioChoice:
    """What is looked at: one scenario at one place in one year, and the group that the sentence tells of."""

    organisation: str
    scenario: str
    period: str
    group: str
    condition: str
    part: str
    reference: str = "White"


def what_would_it_take_answer(scenarios: pd.DataFrame, choice: ScenarioChoice) -> Answer:
    """Answer for one place, year and scenario.

    Parameters
    ----------
    scenarios
        From ``gap_scenarios``: the rows of the place, year and condition.
    choice
        What is looked at.

    Returns
    -------
    Answer
        For the internal audience of real data one that is shown on screen only.
    """
    indicator, survey = INDICATORS[choice.scenario], choice.condition == AS_RESPONDENTS
    rows = scenarios.sort_values("group", key=lambda groups: groups.map(GROUP_ORDER.index), ignore_index=True)
    gap = Scale("gap", "percentage points to move (95 % interval)", "percentage points")
    moved = gap if survey else people_scale("more (+) or fewer (−), with 95 % interval")
    scales = (Scale("rate", f"% of {indicator.denominator} of each group", "%"), moved)
    now, moves = _now(rows, choice), _moves(rows, choice, survey)
    then = f"What would close {choice.part}" if survey else f"How many, if as often as {choice.reference}"
    titles = (f"How often, in {choice.period}", then)
    figure = say_synthetic(scenario_figure(now, moves, scales, titles), rows["source"])
    table = _table(rows, choice, survey)
    chosen = rows[rows["group"] == choice.group].iloc[0]
    notes = [f"Source: {', '.join(sorted(set(rows['source'])))}. Indicator {indicator.id}: {indicator.name}."]
    if rows["source"].str.startswith("Synthetic").any():
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    notes += scenario_notes(indicator, choice.condition, choice.reference)
    title = f"{indicator.name}, {choice.organisation}, {choice.period}: {titles[1]}"
    answer = Answer(
        scenario_sentence(chosen, indicator, choice.reference, choice.part),
        table,
        figure,
        alt_text(moves.iloc[1:], moved, title),
        (*notes, *missing_notes(table.to_numpy().ravel())),
    )
    real = not rows["source"].str.startswith("Synthetic").all()
    return on_screen(answer) if real and (rows["audience"] == INTERNAL).any() else answer


def _now(rows: pd.DataFrame, choice: ScenarioChoice) -> pd.DataFrame:
    shares = pd.concat(
        [
            (rows["reference_numerator"] / rows["reference_denominator"]).dropna().head(1),
            rows["numerator"] / rows["denominator"].where(rows["denominator"] > 0),
        ]
    )
    if len(shares) == len(rows):
        shares = pd.concat([pd.Series([np.nan]), shares])
    labels = [choice.reference, *rows["group"]]
    return pd.DataFrame({"label": labels, **_UNSHOWN, "withheld": ""}).assign(
        value=shares.to_numpy(), is_reference=[label == choice.reference for label in labels]
    )


def _moves(rows: pd.DataFrame, choice: ScenarioChoice, survey: bool) -> pd.DataFrame:
    columns = ["move", "move_lower", "move_upper"] if survey else ["people", "lower", "upper"]
    moves = rows[["group", *columns, "withheld"]].set_axis(["label", "value", "lower", "upper", "withheld"], axis=1)
    moves = moves.assign(
        withheld=own_reasons(rows),
        verdict=np.where(rows["direction_known"] | (rows["withheld"] != ""), BEYOND_CHANCE, Verdict.NOT_ENOUGH),
        against=NOBODY,
        is_reference=False,
    )
    first = pd.DataFrame([{"label": choice.reference, **_UNSHOWN, "withheld": "", "is_reference": True}])
    return pd.concat([first, moves], ignore_index=True)


def _table(rows: pd.DataFrame, choice: ScenarioChoice, survey: bool) -> pd.DataFrame:
    indicator = INDICATORS[choice.scenario]
    rates = rows["numerator"] / rows["denominator"].where(rows["denominator"] > 0)
    told = {
        "Ethnic group": [short_group(group) for group in rows["group"]],
        f"{indicator.numerator[0].upper()}{indicator.numerator[1:]} of {indicator.denominator}": [
            counts_words(r.numerator, r.denominator, r.withheld) for r in rows.itertuples()
        ],
        "%": [value_words(rate, why, percent) for rate, why in zip(rates, rows["withheld"], strict=True)],
    }
    if survey:
        told["Points to move"] = [value_words(r.move, r.withheld, _points) for r in rows.itertuples()]
        told["95 % interval"] = [interval(r.move_lower, r.move_upper, _points) for r in rows.itertuples()]
        told["Of these respondents"] = [value_words(r.people, r.withheld, more_or_fewer) for r in rows.itertuples()]
    else:
        told["More or fewer"] = [value_words(r.people, r.withheld, more_or_fewer) for r in rows.itertuples()]
        told["95 % interval"] = [interval(r.lower, r.upper, _whole) for r in rows.itertuples()]
    return pd.DataFrame({**told, "What may be said": [claim(r) for r in rows.itertuples()], "Note": own_reasons(rows)})


def _points(value: float) -> str:
    return signed(100 * value)


def _whole(value: float) -> str:
    return signed(value, 0)
