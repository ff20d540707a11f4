"""``python -m tests.speed.program [NAME …]``: counts these paths in this order, or all; JSON.

A process of its own, in which nothing has run before: no test's caches, connections and settings.
It works on the database of DATABASE_URL, a test's, whose rows the test puts back.
"""

from __future__ import annotations

import json
import os
import random
import sys

#: How often a path is gone before it is counted: by then PostgreSQL has prepared its statements,
#: which psycopg has it do at the fourth time, and what a process keeps is kept.
WARM_UP = 4


def main(names: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.speed.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # a hub's frame is drawn by one thread here
    from config.wsgi import application  # isort: skip  # sets Django up

    from config import connections
    from petitions.defence import guarding
    from tests.speed import paths
    from tests.speed.counting import count

    # What is looked at again after a second would be so on a slow machine alone.
    connections.FRESH = guarding.KNOWN_FOR = float("inf")
    random.seed(0)
    city = paths.City(application)
    found = {}
    for name in names or paths.PATHS:
        prepare = paths.PATHS[name](city)
        for _time in range(WARM_UP):
            prepare()()
        work = prepare()
        found[name] = vars(count(work))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
