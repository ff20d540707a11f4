"""``python -m benchmarks [name …]``: on DATABASE_URL, whose ``viche_bench`` is made anew.

``python -m benchmarks meetings --seconds 20``: what follows a name of _WITH_OPTIONS is for it.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

NAMES = (
    *("weight", "lighthouse", "pages", "petitions", "remarks", "signing", "votes"),
    *("logins", "fanout", "queue", "desk", "repeats", "carrying", "table", "documents", "report"),
    *("appeals", "filing", "finder", "meetings", "visits", "digest", "opendata", "sheets"),
    *("verify", "memory", "phone", "search", "opening", "pairs"),
)
#: Parts of others, and what takes minutes: measured when they are named.
_PARTS = {"filing", "meetings", "digest", "sheets", "memory", "phone", "opening", "pairs"}
#: These make all that they measure.
_WITHOUT_CITY = {
    *("table", "documents", "report", "meetings", "visits", "verify", "search", "opening"),
    "pairs",
}
#: These take options of their own, when they run alone.
_WITH_OPTIONS = {"meetings", "sheets", "pairs", "desk"}


def main(names: list[str]) -> int:
    has_options = names[:1] and names[0] in _WITH_OPTIONS and not set(names) <= set(NAMES)
    options = names[1:] if has_options else []
    names = names[: len(names) - len(options)]
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"bin/bench: no such benchmark: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    from benchmarks import ground

    # Measured beside another tree, the desk is prepared by each of the two.
    without_city = _WITHOUT_CITY | ({"desk"} if options else set())
    ground.prepare(with_city=bool(set(names or NAMES) - without_city))
    for name in names or [name for name in NAMES if name not in _PARTS]:
        import_module(f"benchmarks.{name}").main(*[options] if name in _WITH_OPTIONS else [])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
