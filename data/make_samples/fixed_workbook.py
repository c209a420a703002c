"""A workbook in; an XLSX file out that is the same to the byte each time it is written."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

WHEN = (2026, 1, 1, 0, 0, 0)


def save_workbook(book: Workbook, path: Path) -> Path:
    """Write a workbook with a fixed time in its properties and in its archive."""
    buffer = BytesIO()
    book.save(buffer)
    moment = f"{WHEN[0]}-{WHEN[1]:02}-{WHEN[2]:02}T00:00:00Z"
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as fixed:
        for name in sorted(written.namelist()):
            content = written.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment.encode(), content)
            entry = zipfile.ZipInfo(name, WHEN)
            entry.create_system = 3  # the same on every system
            fixed.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return path
