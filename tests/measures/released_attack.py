"""Complete and released rows of counts in; withheld numbers of which too few counts are possible, out."""

import numpy as np
import pandas as pd

from equity_metrics.catalogue.disclosure_policies import DISCLOSURE_POLICY
from equity_metrics.measures.disclosure.disclosure_attack import searched
from equity_metrics.measures.disclosure.linked_rows import linked_rows
from equity_metrics.measures.disclosure.possible_tables import Knowledge, knowledge_blocks, known_limits
from equity_metrics.measures.disclosure.protected_rows import MOSTLY_SMALL, families, small_cells, thresholds_of_cells


def leaks(whole, released, policy=DISCLOSURE_POLICY):
    """Return names and counts of withheld cells that somebody finds out who knows all that is released."""
    protections = policy.of(released["audience"].iloc[0])
    found = [pd.DataFrame()]
    for family in families(whole["indicator"]):
        ours = (whole["indicator"].isin(family).to_numpy()) & (released["withheld"] != MOSTLY_SMALL).to_numpy()
        rows, reasons = whole[ours].reset_index(drop=True), released.loc[ours, "withheld"].reset_index(drop=True)
        linked = linked_rows(rows)
        hidden = linked.shows.T @ (reasons == "").astype(float).to_numpy() == 0
        small = small_cells(rows, linked, reasons, protections)
        thresholds = thresholds_of_cells(rows, linked, protections)
        least, most = known_limits(small, thresholds)
        constraints, counts = linked.sums[:, hidden], linked.counts[hidden]
        known = Knowledge(constraints, constraints @ counts, least[hidden], most[hidden])
        for block, part in knowledge_blocks(known):
            cells = np.flatnonzero(hidden)[block]
            true = linked.counts[cells].astype(np.int64)
            possible, _ = searched(part, small[cells], thresholds[cells], true[None, :])
            unsafe = cells[~possible.safe()]
            found.append(
                pd.DataFrame(linked.names[unsafe]).assign(
                    count=linked.counts[unsafe], small=small[unsafe], family="".join(family)
                )
            )
    return pd.concat(found)
