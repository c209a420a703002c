"""Monthly counts of three invented places that the tests of baseline trends share."""

import numpy as np
import pandas as pd

MONTHS = [str(m) for m in pd.period_range("2020-04", "2024-03", freq="M")]
PLACES = {
    "Alder": {"2": ((700, 0.20), (500, 0.13)), "3": ((4000, 0.0016), (1500, 0.0016))},
    "Birch": {"2": ((80, 0.20), (30, 0.12)), "3": ((900, 0.001), (500, 0.0009))},
    "Cedar": {"2": ((8, 0.02), (2, 0.02)), "3": ((40, 0.001), (9, 0.001))},
}


def monthly_counts(source="Synthetic"):
    """Make 48 months of indicators 2 and 3, White and BME; at Alder more BME people are appointed from month 30 on."""
    random, frames = np.random.default_rng(20260331), []
    for place, indicators in PLACES.items():
        for indicator, groups in indicators.items():
            for group, (people, rate) in zip(("White", "BME"), groups, strict=True):
                rises = place == "Alder" and indicator == "2" and group == "BME"
                chance = np.where(np.arange(48) >= 30, 0.19, rate) if rises else np.full(48, rate)
                frame = pd.DataFrame({"period": MONTHS, "numerator": random.binomial(people, chance).astype(float)})
                keys = {"organisation": place, "indicator": indicator, "group": group, "denominator": float(people)}
                frames.append(frame.assign(**keys))
    whole = pd.concat(frames, ignore_index=True)
    return whole.assign(grouping="White / BME", level="organisation", source=source)
