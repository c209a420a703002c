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
        Gives the expected direction and the agreed thresholds: ``stop_below`` and ``spread_from``, each the smallest
        worthwhile effect where it was not agreed apart.

    Returns
    -------
    str
        ``"stop"``: the whole interval falls short of ``stop_below``, and includes none or harm. ``"change it"``: it
        falls short of it too, but some good is certain. ``"spread it"``: some good is certain and the effect itself is
        at least ``spread_from``. Else ``"continue"``.

    Raises
    ------
    ValueError
        If a threshold was not agreed, or is not a ratio above 1.
    """
    stop_below = _threshold("stop_below", intervention)
    spread_from = _threshold("spread_from", intervention)
    if isnan(lower) or isnan(upper) or isnan(effect):
        return "continue"
    logs = [log(value) if value > 0 else -inf for value in (lower, effect, upper)]
    if intervention.expected_direction == "lower":
        logs = [-value for value in reversed(logs)]
    least, likeliest, most = logs
    if most < stop_below:
        return "change it" if least > 0 else "stop"
    return "spread it" if least > 0 and likeliest >= spread_from else "continue"


def _threshold(name: str, intervention: Intervention) -> float:
    """Logarithm of an agreed ratio: its own, else the smallest worthwhile effect."""
    own: float | None = getattr(intervention, name)
    name, agreed = ("smallest_worthwhile", intervention.smallest_worthwhile) if own is None else (name, own)
    if agreed is None or agreed <= 1:
        raise ValueError(f"{name} must be agreed beforehand, as a ratio above 1, got: {agreed}")
    return log(agreed)
