"""``python -m benchmarks [name …]``: on DATABASE_URL, whose ``viche_bench`` is made anew."""

from __future__ import annotations

import os
import sys
from importlib import import_module

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

NAMES = (
    *("weight", "lighthouse", "pages", "petitions", "remarks", "signing", "votes"),
    *("logins", "fanout", "queue", "repeats", "carrying", "table", "documents", "report"),
    "finder",
    "appeals",
)


def main(names: list[str]) -> int:
    unknown = set(names) - set(NAMES)
    if unknown:
        print(f"bin/bench: no such benchmark: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    from benchmarks import ground

    ground.prepare()
    for name in names or NAMES:
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
