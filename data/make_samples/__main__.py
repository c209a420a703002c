"""Make every file of data/samples from one seed: python data/make_samples."""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]
if str(FOLDER) not in sys.path:
    sys.path.insert(0, str(FOLDER))

from make_samples.samples import write_samples  # noqa: E402  (the folder must be on the path first)

if __name__ == "__main__":
    for path in write_samples(FOLDER / "samples"):
        print(f"{path.stat().st_size:>10,} bytes  {path.name}")
