"""The table of scores, for people; ``python -m tests.drafts.texts.table [--faults]`` prints it."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .scorer import Score

_HEADS = ("parts", "numbers", "found", "wrong", "lost", "added", "doubts", "silent")


def print_table(scores: Iterable[Score], *, with_faults: bool = False) -> str:
    """Return the scores as lines: a text each, then their sum; with the faults where asked."""
    lines = [f"{'text':52}" + "".join(f"{head:>8}" for head in _HEADS)]
    sums = [0] * len(_HEADS)
    for one in scores:
        found, wrong, lost, added, silent = one.figures
        figures = (
            one.text.lines,
            len(one.text.parts),
            found,
            wrong,
            lost,
            added,
            one.doubts,
            silent,
        )
        sums = [before + figure for before, figure in zip(sums, figures, strict=True)]
        lines.append(_line(one.text.title, figures) + ("  refused" if one.refused else ""))
        if with_faults:
            lines += [f"    {fault}" for fault in one.faults]
            lines += [f"    lost: {word} ×{times}" for word, times in one.lost.items()][:20]
            lines += [f"    added: {word} ×{times}" for word, times in one.added.items()][:20]
    return "\n".join([*lines, _line("together", sums)])


def _line(title: str, figures: Iterable[int]) -> str:
    return f"{title[:51]:52}" + "".join(f"{figure:8}" for figure in figures)


def _main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from .scorer import score  # models need the settings

    for half in ("first", "second"):
        name = f"tests.drafts.texts.{half}"
        if (spec := importlib.util.find_spec(name)) and spec.origin:
            builders = importlib.import_module(name).BUILDERS
            scores = [score(build()) for build in builders]
            print(print_table(scores, with_faults="--faults" in sys.argv))


if __name__ == "__main__":
    _main()
