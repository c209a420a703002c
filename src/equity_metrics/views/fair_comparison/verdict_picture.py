"""Released counts of one indicator and period in; the verdict for every ethnic group out."""

import pandas as pd

from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.measures.comparisons import gaps, relative_likelihoods
from equity_metrics.measures.fairness.many_comparisons import chance_words, many_comparisons
from equity_metrics.measures.fairness.verdicts import verdicts
from equity_metrics.measures.presentation import presented
from equity_metrics.measures.proportions import proportions
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.verdict_signs import SIGN_NOTE, verdict_words
from equity_metrics.views.fair_comparison.choice import FairChoice, Picture
from equity_metrics.views.groups_there import groups_there
from equity_metrics.views.words.missing_values import own_reasons, value_words
from equity_metrics.views.words.next_steps import next_step
from equity_metrics.views.words.sentences import (
    GAP_RANGE_NOTE,
    chance_sentence,
    counts_words,
    gap_sentence,
    rate_sentence,
    ratio_sentence,
    withheld_sentence,
)
from equity_metrics.views.words.wording import first_up, interval, p_value, percent, short_group


def verdict_picture(counts: pd.DataFrame, choice: FairChoice) -> Picture:
    """Decide on every group against the reference, all that are shown at once.

    Parameters
    ----------
    counts
        Released counts of one organisation, indicator, grouping and period.
    choice
        What is looked at.

    Returns
    -------
    Picture
    """
    known = counts[~counts["group"].isin(UNKNOWN_GROUPS)]
    compared = (relative_likelihoods if choice.is_ratio else gaps)(known, reference=choice.reference)
    decided = presented(many_comparisons(verdicts(compared, enough_for=choice.group)))
    decided = decided.sort_values("group", key=lambda names: names.map(groups_there(counts).index))
    this = decided[decided["group"] == choice.group].iloc[0]
    against = f"group minus {short_group(choice.reference)}, percentage points"
    scale = choice.ratio_scale if choice.is_ratio else Scale("gap", against, "percentage points")
    return Picture(
        f"{_sentence(this, choice)} {_chance(decided)}".strip(),
        _table(counts, decided, scale, choice),
        decided[["value", "lower", "upper", "verdict", "against"]].assign(
            label=decided["group"], withheld=own_reasons(decided), is_reference=False
        ),
        scale,
        next_step=next_step(this["verdict"], this["withheld"]),
        notes=(
            SIGN_NOTE,
            *([chance_sentence(this)] if chance_sentence(this) else []),
            *(
                ["Shaded: 0.8 to 1.25, the range that WRES reads as not adverse."]
                if choice.is_ratio
                else [GAP_RANGE_NOTE]
            ),
            "p-values stand beside the verdicts and do not change them. The adjusted one allows for how many "
            "comparisons are shown (Benjamini-Hochberg).",
            _excluded(counts, decided),
        ),
    )


def _sentence(this: pd.Series, choice: FairChoice) -> str:
    if this["withheld"]:
        return withheld_sentence(this, choice.place, choice.group)
    told = ratio_sentence(this) if choice.is_ratio else gap_sentence(this)
    return f"{rate_sentence(this, choice.what, choice.place)} {told}"


def _chance(decided: pd.DataFrame) -> str:
    return chance_words(decided) if decided["p_value"].notna().sum() > 1 else ""


def _table(counts: pd.DataFrame, decided: pd.DataFrame, scale: Scale, choice: FairChoice) -> pd.DataFrame:
    of_group = {cell.group: cell for cell in proportions(counts).itertuples()}
    rows = list(decided.itertuples())
    own = [of_group[name] for name in (choice.reference, *decided["group"])]
    compared = {
        first_up(scale.short_title): [value_words(r.value, r.withheld, scale.write) for r in rows],
        "95 % interval": [interval(r.lower, r.upper, scale.write) for r in rows],
        "Verdict": [verdict_words(r.verdict, r.against, r.group, r.reference) for r in rows],
        "p": [value_words(r.p_value, r.withheld, p_value) for r in rows],
        "p, adjusted": [value_words(r.p_value_adjusted, r.withheld, p_value) for r in rows],
        "Note": own_reasons(decided),
    }
    return pd.DataFrame(
        {
            "Ethnic group": [f"{choice.reference} (compared with)", *decided["group"]],
            choice.counted: [counts_words(cell.numerator, cell.denominator, cell.withheld) for cell in own],
            "Rate": [value_words(cell.value, cell.withheld, percent) for cell in own],
            **{column: ["", *cells] for column, cells in compared.items()},
        }
    )


def _excluded(counts: pd.DataFrame, decided: pd.DataFrame) -> str:
    """List every group that is not compared, those of one reason together."""
    why = [*zip(decided["group"], own_reasons(decided), strict=True)]
    why += [(group, "ethnicity unknown") for group in counts["group"] if group in UNKNOWN_GROUPS]
    groups: dict[str, list[str]] = {}
    for group, reason in why:
        groups.setdefault(reason, []).append(group)
    told = [f"Not compared, {reason}: {', '.join(names)}." for reason, names in groups.items() if reason]
    return " ".join(told) or "Every group is compared."
