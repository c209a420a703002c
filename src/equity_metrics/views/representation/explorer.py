"""Released counts of bands and boards in; the explorer "do staff of every group reach every band?" out."""

from collections.abc import Mapping

import ipywidgets as widgets
import pandas as pd
import traitlets

from equity_metrics.catalogue.bands import ALL_STAFF_GROUPS
from equity_metrics.catalogue.ethnic_groups import UNKNOWN_GROUPS
from equity_metrics.measures.fairness.band_clusters import TIER
from equity_metrics.measures.fairness.disparity_ratio import disparity_ratios
from equity_metrics.measures.representation import BANDS_INDICATOR, BOARD_INDICATOR, representation
from equity_metrics.views.answers import Answer
from equity_metrics.views.explorer import Explorer, choose, offer
from equity_metrics.views.representation.answers import (
    BOARD,
    CLUSTERS,
    EACH_BAND,
    RepresentationChoice,
    representation_answer,
)


class RepresentationExplorer(Explorer):
    """Choose a place, an ethnic group, the kind of staff, and whether to look at bands, clusters or the board.

    Parameters
    ----------
    released
        Counts of indicators 1 and 9 after ``release``, best of
        :func:`equity_metrics.measures.fairness.band_clusters.representation_tables`; with the column ``system`` each
        organisation stands beside its system.
    chosen
        First choices by trait name, for example ``organisation="…"``.
    """

    organisation = traitlets.Unicode()
    show = traitlets.Unicode()
    staff_group = traitlets.Unicode()
    grouping = traitlets.Unicode()
    group = traitlets.Unicode()
    reference = traitlets.Unicode()
    period = traitlets.Unicode()

    def __init__(self, released: pd.DataFrame, **chosen: str) -> None:
        self._counts = _with_every_column(released)
        # Compared once: a change of control then reads a few dozen rows, however large the table is.
        self._rows = representation(self._counts)
        self._cells = self._rows.groupby(["organisation", "grouping", "period"], sort=False).indices
        own = self._rows[self._rows["level"] == "organisation"]
        self._systems = own.drop_duplicates("organisation").set_index("organisation")["system"].to_dict()
        self._ratios: dict[str, pd.DataFrame] = {}
        super().__init__(released, **chosen)

    def _make_controls(self) -> Mapping[str, widgets.Widget]:
        return {
            "organisation": choose("Organisation", list(dict.fromkeys(place for place, _, _ in self._cells))),
            "show": choose("Show", [EACH_BAND]),
            "staff_group": choose("Staff", [ALL_STAFF_GROUPS]),
            "grouping": choose("Ethnic groups", [""]),
            "group": choose("Group", [""]),
            "reference": choose("Compared with", [""]),
            "period": choose("Year", [""]),
        }

    def _settle(self) -> None:
        controls, place = self._controls, self._controls["organisation"].value
        groupings = list(dict.fromkeys(g for p, g, _ in self._cells if p == place))
        offer(controls["grouping"], groupings[::-1])
        grouping = controls["grouping"].value
        offer(controls["period"], sorted({y for p, g, y in self._cells if (p, g) == (place, grouping)}, reverse=True))
        rows = self._rows.iloc[self._cells[place, grouping, controls["period"].value]]
        bands, board = (rows[rows["indicator"] == indicator] for indicator in (BANDS_INDICATOR, BOARD_INDICATOR))
        known = [group for group in dict.fromkeys(bands["group"]) if group not in UNKNOWN_GROUPS]
        offer(controls["reference"], known)
        others = [group for group in known if group != controls["reference"].value]
        offer(controls["group"], [*(g for g in others if g == "BME"), *(g for g in others if g != "BME")])
        clusters = [CLUSTERS] if (bands["made_of"] != "").any() else []
        offer(controls["show"], [EACH_BAND, *clusters, *([BOARD] if len(board) else [])])
        kinds = list(dict.fromkeys(bands["staff_group"]))
        offer(controls["staff_group"], sorted(kinds, key=lambda kind: kind != ALL_STAFF_GROUPS))
        on_board = controls["show"].value == BOARD
        for name in ("staff_group", "reference"):
            controls[name].layout.display = "none" if on_board else ""

    def _answer(self) -> Answer:
        chosen = {name: control.value for name, control in self._controls.items()}
        rows = self._rows.iloc[self._cells[chosen["organisation"], chosen["grouping"], chosen["period"]]]
        choice = RepresentationChoice(**chosen, system=self._systems.get(chosen["organisation"], ""))
        return representation_answer(rows, self._disparity(choice), choice)

    def _disparity(self, choice: RepresentationChoice) -> pd.DataFrame:
        """Find the race disparity ratios of the place and its system; those of all places are made once."""
        if choice.reference not in self._ratios:
            self._ratios[choice.reference] = self._all_ratios(choice.reference)
        ratios = self._ratios[choice.reference]
        if ratios.empty:
            return ratios
        wanted = ratios["organisation"].isin(
            [choice.organisation, choice.system] if choice.system else [choice.organisation]
        )
        for name in ("grouping", "period", "group", "staff_group"):
            wanted &= ratios[name] == getattr(choice, name)
        return ratios[wanted]

    def _all_ratios(self, reference: str) -> pd.DataFrame:
        bands = self._counts["band"]
        tiers = {band.removeprefix(TIER): (band,) for band in bands.unique() if band.startswith(TIER)}
        return disparity_ratios(self._counts, reference, tiers) if tiers else pd.DataFrame()


def _with_every_column(released: pd.DataFrame) -> pd.DataFrame:
    """Keep indicators 1 and 9; a table without staff groups holds all of them."""
    rows = released[released["indicator"].isin([BANDS_INDICATOR, BOARD_INDICATOR])]
    rows = rows.assign(**{column: "" for column in ("made_of", "system") if column not in rows.columns})
    kinds = rows["staff_group"] if "staff_group" in rows.columns else pd.Series("", index=rows.index, dtype="str")
    nameless = (kinds == "") & (rows["indicator"] == BANDS_INDICATOR)
    return rows.assign(staff_group=kinds.mask(nameless, ALL_STAFF_GROUPS)).reset_index(drop=True)
