"""Released survey rows of one topic and source in; the answer to "what do staff of each ethnic group tell us?" out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_metrics.catalogue.ethnic_groups import groups_of
from equity_metrics.catalogue.missing_values import NOT_COLLECTED
from equity_metrics.catalogue.survey_topics import SURVEY_TOPICS
from equity_metrics.measures.cells import COUNTS
from equity_metrics.measures.comparisons import gaps
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.proportions import proportions
from equity_metrics.measures.survey.comparisons import published_gaps
from equity_metrics.measures.survey.estimates import NO_VARIANCE, published_estimates
from equity_metrics.views.answers import Answer
from equity_metrics.views.drawing.dots import say_synthetic
from equity_metrics.views.drawing.dots_and_trend import dots_and_trend_figure
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.verdict_signs import SIGN_NOTE, verdict_words
from equity_metrics.views.words.missing_values import own_reasons, value_words
from equity_metrics.views.words.next_steps import next_step
from equity_metrics.views.words.sentences import GAP_RANGE_NOTE, alt_text, gap_claim, withheld_sentence
from equity_metrics.views.words.wording import (
    first_up,
    interval,
    one_in,
    people,
    people_in,
    percent,
    short_group,
    signed,
)

OWN, GAP = "Each group's own value", "Gap"
COMPARE = (OWN, GAP)
ALL_STAFF = "All staff"


@dataclass(frozen=True)
class SurveyChoice:
    """What is looked at: one topic of one organisation from one source, one year, a group against a reference."""

    organisation: str
    topic: str
    grouping: str
    source: str
    period: str
    group: str
    reference: str
    compare: str = OWN

    @property
    def is_score(self) -> bool:
        """Whether the topic is a 0-10 score."""
        return SURVEY_TOPICS[self.topic].label.endswith("(score)")

    @property
    def scale(self) -> Scale:
        """The axis that the choice asks for."""
        if self.compare == OWN:
            return (
                Scale("score", "score, 0 to 10", "score") if self.is_score else Scale("rate", "% of respondents", "%")
            )
        against = f"group minus {short_group(self.reference)}"
        if self.is_score:
            return Scale("score gap", f"{against}, score points", "score points")
        return Scale("gap", f"{against}, percentage points", "percentage points")


def staff_survey_answer(rows: pd.DataFrame, choice: SurveyChoice) -> Answer:
    """Answer for one organisation, topic, grouping and source.

    Parameters
    ----------
    rows
        Released rows of that choice, every year, with ``survey_year``.
    choice
        What is looked at.

    Returns
    -------
    Answer
    """
    own, compared = _measured(rows, choice)
    shown = own if choice.compare == OWN else compared
    dots, trend = _dots(shown, compared, choice), _trend(shown, choice)
    label = SURVEY_TOPICS[choice.topic].label
    figure = dots_and_trend_figure(
        dots,
        trend,
        choice.scale,
        title=f"Each group in {choice.period}" if choice.grouping else f"{ALL_STAFF} in {choice.period}",
        trend_title=f"{short_group(choice.group or ALL_STAFF)}, by survey year",
    )
    return Answer(
        _sentence(own, compared, choice),
        _table(dots, own, choice),
        say_synthetic(figure, rows["source"]),
        alt_text(dots, choice.scale, f"{label}, {choice.organisation}, {choice.period}"),
        _notes(rows, own, choice),
    )


def _measured(rows: pd.DataFrame, choice: SurveyChoice) -> tuple[pd.DataFrame, pd.DataFrame]:
    counted = (rows["table"] == COUNTS).all()
    own = (proportions if counted else published_estimates)(rows)
    if not choice.grouping or own["value"].isna().all():
        return own, own.iloc[:0].assign(reference="", measure="", verdict="", against="")
    compared = (gaps if counted else published_gaps)(rows, reference=choice.reference)
    return own, verdicts(compared, good=SURVEY_TOPICS[choice.topic].better == "higher")


def _dots(shown: pd.DataFrame, compared: pd.DataFrame, choice: SurveyChoice) -> pd.DataFrame:
    now, decided = (t[t["survey_year"] == choice.period] for t in (shown, compared))
    said = decided.set_index("group")[["verdict", "against"]].reindex(now["group"]).fillna("")
    dots = pd.DataFrame(
        {
            "label": now["group"].replace("", ALL_STAFF),
            **{c: now[c] for c in ("value", "lower", "upper")},
            "withheld": own_reasons(now),
            **{c: said[c].to_numpy() for c in ("verdict", "against")},
            "is_reference": now["group"] == choice.reference,
        }
    )
    if choice.grouping:
        dots = dots.sort_values("label", key=lambda labels: labels.map(groups_of(choice.grouping).index))
    return dots.reset_index(drop=True)


def _trend(shown: pd.DataFrame, choice: SurveyChoice) -> pd.DataFrame:
    rows = shown[shown["group"] == choice.group].sort_values("survey_year")
    reference = shown[shown["group"] == choice.reference].set_index("survey_year")["value"]
    against = choice.compare == OWN and choice.group != choice.reference and len(reference) > 0
    return pd.DataFrame(
        {
            "period": rows["survey_year"],
            **{c: rows[c] for c in ("value", "lower", "upper")},
            "line": rows["definition"] if "definition" in rows.columns else "",
            "reference_value": rows["survey_year"].map(reference).astype(float) if against else np.nan,
        }
    ).reset_index(drop=True)


def _sentence(own: pd.DataFrame, compared: pd.DataFrame, choice: SurveyChoice) -> str:
    label = SURVEY_TOPICS[choice.topic].label.removesuffix(" (score)")
    now = own[own["survey_year"] == choice.period].set_index("group", drop=False)
    row = now.loc[choice.group]
    place = f"In {choice.period}, {choice.organisation}"
    if row["withheld"]:
        return withheld_sentence(row, place, choice.group or ALL_STAFF)
    who = people_in(choice.group) if choice.group else "all staff"
    if pd.isna(row["value"]):
        return (
            f"{place}. {label}: between {percent(row['lower'])} and {percent(row['upper'])} of {who}. "
            "The questions on managers and on colleagues are published apart, so only these bounds are known."
        )
    told = f"{place}. {label}: {_value(row['value'], who, choice)}"
    pair = compared[(compared["survey_year"] == choice.period) & (compared["group"] == choice.group)]
    if pair.empty:
        return f"{told}."
    pair = pair.iloc[0]
    if pair["withheld"]:
        return f"{told}. No comparison is shown: {pair['withheld']}."
    told = f"{told}. {_reference(pair['reference_value'], choice)}."
    step = next_step(pair["verdict"], "")
    if choice.is_score and pd.isna(pair["lower"]):
        gap = f"The difference is {signed(pair['value'], 2)}."
        return f"{told} {gap} No interval can be given: the variance is not published. {pair['words']} {step}"
    return f"{told} {gap_claim(pair, Scale('score gap' if choice.is_score else 'gap', '', ''))} {step}"


def _value(value: float, who: str, choice: SurveyChoice) -> str:
    return f"{value:.2f} for {who}" if choice.is_score else f"{percent(value)} of {who} ({one_in(value)})"


def _reference(value: float, choice: SurveyChoice) -> str:
    if choice.is_score:
        return f"For {people_in(choice.reference)} it was {value:.2f}"
    return f"Of {people_in(choice.reference)} it was {percent(value)} ({one_in(value)})"


def _table(dots: pd.DataFrame, own: pd.DataFrame, choice: SurveyChoice) -> pd.DataFrame:
    now = own[own["survey_year"] == choice.period]
    base = now["denominator"] if "denominator" in now.columns else now["base"]
    bases = dict(zip(now["group"].replace("", ALL_STAFF), base, strict=True))
    write = choice.scale.write
    limits = [interval(lower, upper, write) for lower, upper in zip(dots["lower"], dots["upper"], strict=True)]
    bounds = dots["value"].isna() & dots["lower"].notna()
    return pd.DataFrame(
        {
            "Ethnic group": dots["label"],
            "Respondents": [people(bases.get(label, np.nan)) for label in dots["label"]],
            first_up(choice.scale.short_title): [
                value_words(r.value, r.withheld, write, NOT_COLLECTED) for r in dots.itertuples()
            ],
            "95 % interval": ["none" if bound else text for text, bound in zip(limits, bounds, strict=True)],
            "Verdict": [verdict_words(r.verdict, r.against, str(r.label), choice.reference) for r in dots.itertuples()],
            "Note": np.where(bounds, [f"only bounds are known: {text}" for text in limits], dots["withheld"]),
        }
    )


def _notes(rows: pd.DataFrame, own: pd.DataFrame, choice: SurveyChoice) -> tuple[str, ...]:
    now = own[own["survey_year"] == choice.period]
    weighting = sorted(set(now["weighting"]) - {""}) if "weighting" in now.columns else []
    notes = [f"Source: {choice.source}, survey of {choice.period}."]
    if choice.source.startswith("Synthetic"):
        notes.insert(0, "Synthetic data: every organisation and every number is invented.")
    if weighting:
        notes.append(f"Published values, weighting: {', '.join(weighting)}. They are not WRES counts.")
    approximate = [m for m in dict.fromkeys(now["method"]) if ":" in m or "bounds" in m]
    notes += [
        f"Interval: {method}." if NO_VARIANCE not in method else f"{method.capitalize()}." for method in approximate
    ]
    if "definition" in now.columns and (set(now["definition"]) - {""}):
        notes.append(f"Definition: {', '.join(sorted(set(now['definition']) - {''}))}.")
    if choice.grouping:
        notes += [SIGN_NOTE] if choice.is_score else [SIGN_NOTE, GAP_RANGE_NOTE]
    if len(set(rows["survey_year"])) == 1:
        notes.append("This source holds one year, so there is no line to draw through the years.")
    return tuple(notes)
