"""Files in a zip, of no moment: the same files make the same bytes whenever and wherever they are packed."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

# The moment that every file of ours says it was made.
MADE = datetime(2000, 1, 1, tzinfo=UTC)


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """The members (name, content) in their order, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
