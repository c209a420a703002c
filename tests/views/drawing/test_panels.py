"""What is written into a panel fits into it, and stands upon nothing else."""

import pandas as pd

from equity_metrics.views.drawing.dots import REASON_LETTERS, dot_traces
from equity_metrics.views.drawing.dots_and_trend import dots_and_trend_figure
from equity_metrics.views.drawing.scales import Scale
from equity_metrics.views.drawing.two_scales import BETWEEN, two_scales_figure

RATIO, GAP = Scale("ratio", "", ""), Scale("gap", "", "")
LONG = "a small number, or withheld so that one cannot be worked out"


def dots(label: str = "VSM", value: float = 1.2, upper: float = 1.5, withheld: str = "") -> pd.DataFrame:
    row = {"label": label, "value": value, "lower": 1 / upper, "upper": upper, "withheld": withheld}
    return pd.DataFrame([{**row, "verdict": "", "against": "", "is_reference": False}])


def test_a_long_reason_fits_into_its_panel_without_the_rows_own_name():
    (written,) = dot_traces(dots(withheld=f"VSM: {LONG}"), GAP)[2].text
    assert written.startswith("not shown: a small number")
    assert len(written) <= REASON_LETTERS
    assert "VSM" not in written
    assert dot_traces(dots(withheld="not in the data"), GAP)[2].text == ("not shown: not in the data",)


def test_labels_between_two_panels_are_broken_so_that_they_reach_neither():
    gaps = dots("7. Equal opportunities for career progression or promotion", 0.02, 0.03)
    both, alone = (two_scales_figure(left, gaps, (RATIO, GAP)) for left in (dots(), dots().head(0)))
    for figure, broken in ((both, True), (alone, False)):
        (label,) = figure.layout.yaxis2.categoryarray
        assert label == figure.data[4].y[0]
        assert all(len(line) <= BETWEEN for line in label.split("<br>")) == broken


def test_a_panel_with_nothing_to_draw_covers_no_other():
    for ratios, gaps in ((dots(), dots().head(0)), (dots().head(0), dots()), (dots(), dots())):
        layout = two_scales_figure(ratios, gaps, (RATIO, GAP)).layout
        first, second = sorted([layout.xaxis.domain, layout.xaxis2.domain])
        assert first[1] < second[0]
        assert (layout.xaxis.visible, layout.xaxis2.visible) == (len(ratios) > 0, len(gaps) > 0)


def test_a_narrow_panel_of_far_apart_ratios_has_ticks_that_do_not_touch():
    trend = pd.DataFrame({"period": ["2025"], "value": [1.1], "lower": [1.0], "upper": [1.3], "line": ""})
    trend["reference_value"] = float("nan")
    near, far = (
        dots_and_trend_figure(dots(upper=upper), trend, RATIO, title="", trend_title="").layout for upper in (1.5, 8.0)
    )
    assert near.xaxis.tickvals == (0.5, 0.8, 1, 1.25, 2)
    assert far.xaxis.tickvals == (0.2, 0.33, 0.5, 1, 2, 3, 5)
    assert far.yaxis2.tickvals == (0.5, 0.8, 1, 1.25, 2)
