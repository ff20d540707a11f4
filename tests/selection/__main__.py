"""Print what `bin/test --since REV` is to run, as JSON: ``python -m tests.selection PATH…``."""

from __future__ import annotations

import json
import sys

import django
from django.conf import settings


def main(paths: list[str]) -> None:
    django.setup()
    from tests.selection.choose import Chooser  # needs the apps

    chosen = Chooser(settings.BASE_DIR).choose(paths)
    print(json.dumps({"whole": chosen.whole, "arguments": chosen.arguments()}))


main(sys.argv[1:])
