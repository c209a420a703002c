"""A verdict in; what a board can do next, in plain words, out. Not being able to tell is no reason to wait."""

from equity_metrics.measures.fairness.decisions import Verdict

NEXT_STEP = "Next step:"
WHERE = "ask where it arises, and agree who will change what, by when"
NEXT_STEPS: dict[str, str] = {
    Verdict.BEYOND: f"{NEXT_STEP} {WHERE}.",
    Verdict.UNCERTAIN: f"{NEXT_STEP} {WHERE}. How large it is can be found out meanwhile.",
    Verdict.INSIDE: f"{NEXT_STEP} ask what makes it, and look again next year.",
    Verdict.PARITY: f"{NEXT_STEP} look at the other groups too, and look again next year.",
    Verdict.NOT_ENOUGH: f"{NEXT_STEP} look at several years together, and listen to the staff concerned. "
    "Not being able to tell is no reason to wait.",
}
"""By verdict; none of them asks for more data alone."""
WITHHELD = f"{NEXT_STEP} look at a wider group, at more years together or at a larger place."


def next_step(verdict: str, withheld: str) -> str:
    """Say what can be done next.

    Parameters
    ----------
    verdict
        Of one comparison; empty where there is none.
    withheld
        Why the comparison is not shown; empty where it is.

    Returns
    -------
    str
        Empty where nothing is compared.
    """
    return WITHHELD if withheld else NEXT_STEPS.get(verdict, "")
