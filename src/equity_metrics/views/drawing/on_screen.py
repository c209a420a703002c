"""An answer for the internal audience made of real data in; the same, which cannot be saved or exported, out."""

from dataclasses import fields

import plotly.graph_objects as go

from equity_metrics.views.answers import Answer

REFUSAL = "For the internal audience, of real data: on screen only, in the explorer. It is not saved and not exported."


class OnScreenFigure(go.Figure):
    """A picture that a live explorer can draw, and that refuses to become a file or an output."""

    def to_dict(self) -> dict[str, object]:
        """Refuse: every way of saving or exporting a figure begins here."""
        raise ValueError(f"figure must be for the publish audience to be kept. {REFUSAL}")


class OnScreenAnswer(Answer):
    """An answer that stands in a saved notebook as one sentence which says that it is not kept there."""

    def saved(self) -> dict[str, str]:
        """Say that it is not kept."""
        return {"text/html": f"<p>{REFUSAL}</p>", "text/plain": REFUSAL}

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return self.saved()

    def __repr__(self) -> str:
        return REFUSAL


def on_screen(answer: Answer) -> OnScreenAnswer:
    """Turn an answer into one that is shown by its explorer and nowhere else."""
    if isinstance(answer, OnScreenAnswer):
        return answer
    parts = {field.name: getattr(answer, field.name) for field in fields(answer)}
    return OnScreenAnswer(**{**parts, "figure": OnScreenFigure(answer.figure)})
