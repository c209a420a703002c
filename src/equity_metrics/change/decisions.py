"""The interval of an effect and what was agreed beforehand in; one of four decisions out."""

from math import inf, isnan, log

from equity_metrics.change.interventions import Intervention

DECISIONS = ("continue", "change it", "stop", "spread it")


def decision(effect: float, lower: float, upper: float, intervention: Intervention) -> str:
    """Decide what to do next, by the thresholds that were agreed and stored with the intervention.

    Parameters
    ----------
    effect, lower, upper
        A ratio and its interval; nan where nothing can be said yet.
    intervention
        Gives the expected direction and the smallest worthwhile effect.

    Returns
    -------
    str
        ``"stop"``: the whole interval falls short of the smallest worthwhile effect, and includes none or harm.
        ``"change it"``: it falls short of it too, but some good is certain. ``"spread it"``: some good is certain and
        the effect itself is at least worthwhile. Else ``"continue"``.

    Raises
    ------
    ValueError
        If no smallest worthwhile effect was agreed, or it is not a ratio above 1.
    """
    agreed = intervention.smallest_worthwhile
    if agreed is None or agreed <= 1:
        raise ValueError(f"smallest_worthwhile must be agreed beforehand, as a ratio above 1, got: {agreed}")
    if isnan(lower) or isnan(upper) or isnan(effect):
        return "continue"
    logs = [log(value) if value > 0 else -inf for value in (lower, effect, upper)]
    if intervention.expected_direction == "lower":
        logs = [-value for value in reversed(logs)]
    least, likeliest, most = logs
    if most < log(agreed):
        return "change it" if least > 0 else "stop"
    return "spread it" if least > 0 and likeliest >= log(agreed) else "continue"
