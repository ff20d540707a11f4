"""Compile ``document.typ`` of a folder to PDF, in a process that core/export/pdf.py starts.

What typst has laid out stays in memory as long as its process, and 5,000 rows take hundreds of
megabytes: a process of its own gives them back.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

#: Arsenal, as pages are set in it (bin/typeface); what it lacks comes from a type of typst's own.
FONTS = Path(__file__).resolve().parent / "fonts"

#: The exit code of a document that cannot be set as it is; why stands on standard error.
REFUSED = 3


def main(folder: Path) -> int:
    try:
        typst.compile(
            folder / "document.typ",
            output=folder / "document.pdf",
            root=folder,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
