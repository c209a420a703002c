"""A verdict and against whom it is in; the sign, the colour and the short words that every view shows of it out."""

from equity_metrics.measures.fairness.decisions import GROUP, NOBODY, REFERENCE, Verdict
from equity_metrics.views.drawing import palette
from equity_metrics.views.words.wording import short_group

LETTERS = 24
"""Of a group's name, before a table says "this group" instead."""
NO_VERDICT = ""
"""Of values that are not compared, of full counts and of what is withheld."""
BEYOND_CHANCE = "beyond chance"
"""Of what is compared without a named range: its interval leaves out no difference, and no more is said."""

SYMBOLS: dict[str, str] = {
    NO_VERDICT: "line-ns-open",
    BEYOND_CHANCE: palette.EVIDENT,
    Verdict.BEYOND: palette.EVIDENT,
    Verdict.UNCERTAIN: "circle-open-dot",
    Verdict.INSIDE: "square",
    Verdict.PARITY: "square-open",
    Verdict.NOT_ENOUGH: palette.UNSURE,
}
"""Plotly's name of each verdict's sign; squares lie inside the range; filled ones differ for certain."""

CHARACTERS: dict[str, str] = {
    NO_VERDICT: "",
    Verdict.BEYOND: "●",
    Verdict.UNCERTAIN: "◉",
    Verdict.INSIDE: "■",
    Verdict.PARITY: "□",
    Verdict.NOT_ENOUGH: "○",
}
"""The same signs as text."""

COLOURS: dict[str, str] = {GROUP: palette.GROUP, REFERENCE: palette.REFERENCE, NOBODY: palette.MUTED}
"""Colour of a sign: of whose disadvantage it tells."""

SIGN_NOTE = (
    "Signs: "
    + ", ".join(f"{CHARACTERS[verdict]} {verdict}" for verdict in Verdict)
    + "; an upright stroke has no verdict. Blue: to the disadvantage of the group; brown: of the group compared with; "
    "grey: neither can be said. Parity is judged by the 90 % interval, which is narrower than the 95 % interval shown."
)


def sign_colour(verdict: str, against: str) -> str:
    """Colour of a row's sign; where no side can be named, that of the group, and of ink where nothing is compared."""
    sideless = {NO_VERDICT: palette.INK, BEYOND_CHANCE: palette.GROUP}
    return sideless.get(verdict) or COLOURS[against]


def verdict_words(verdict: str, against: str, group: str, reference: str) -> str:
    """Write a verdict in a table: ``● disparity beyond the range, against BME``; empty where there is none."""
    if verdict == NO_VERDICT:
        return ""
    named = {GROUP: _short(group, "this group"), REFERENCE: _short(reference, "the group compared with")}
    whom = "" if against == NOBODY else f", against {named[against]}"
    return f"{CHARACTERS[verdict]} {verdict}{whom}"


def _short(name: str, otherwise: str) -> str:
    return short_group(name) if len(short_group(name)) <= LETTERS else otherwise
