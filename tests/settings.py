"""The settings of the tests: the product's own, as on a developer's machine."""

import os

os.environ.setdefault("DEBUG", "1")
# A pair of manage.py push_keys, so that the pages of web push are there.
os.environ.setdefault("VAPID_PRIVATE_KEY", "WCpWioayW8_913kP3i-7JlA1J4gJ1pVDX1iHh_iIMXU")
# Each worker of a test run has a PostgreSQL server of its own; bin/test names them.
if "PYTEST_XDIST_WORKER" in os.environ and "TEST_DATABASE_URLS" in os.environ:
    _number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    os.environ["DATABASE_URL"] = os.environ.pop("TEST_DATABASE_URLS").split()[_number]

from config.settings import *  # noqa: F403 (a settings module is its names)

# The counter of the council's row comes with pages and sessions: no test waits for a second.
COUNCIL_SECONDS = float("inf")
# No thread writes what a test counted: it merges when the test says so.
VISITS_FLUSH_SECONDS = 0.0
# No machine's own units and disks: what a test looks at it names itself.
STATE_SYSTEMCTL = "/nonexistent/systemctl"
STATE_DISK_PERCENT = 100
