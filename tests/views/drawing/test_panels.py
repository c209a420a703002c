"""What is written into a panel fits into it, and stands upon nothing else."""

from textwrap import wrap

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from equity_metrics.views.drawing.dots import REASON_LETTERS, axis_title, dot_traces, lines, panel_headings
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


def test_headings_end_before_the_next_panel_and_titles_inside_the_picture():
    long = "Mixed or multiple ethnic groups, by year"
    first, second = (heading["text"] for heading in panel_headings(["Each group in 2025", long], [0.0, 0.64]))
    assert (first, second) == ("<b>Each group in 2025</b>", "<b>Mixed or multiple<br>ethnic groups, by year</b>")
    assert axis_title(long)["text"] == long
    assert axis_title(f"White / {long}", (0.68, 1.0))["text"] == "White / Mixed or multiple<br>ethnic groups, by year"


@given(st.lists(st.text("ab", min_size=1, max_size=9), min_size=1).map(" ".join), st.integers(3, 30))
def test_a_text_is_broken_between_words_into_no_more_lines_than_it_needs(text: str, letters: int) -> None:
    broken = lines(text, letters).split("<br>")
    assert " ".join(broken) == text
    assert all(len(line) <= letters or " " not in line for line in broken)
    assert len(broken) == len(wrap(text, letters, break_long_words=False))
