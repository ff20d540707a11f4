"""The settings of the tests: the product's own, as on a developer's machine."""

import os
import tempfile

os.environ.setdefault("DEBUG", "1")
# A pair of manage.py push_keys, so that the pages of web push are there.
os.environ.setdefault("VAPID_PRIVATE_KEY", "WCpWioayW8_913kP3i-7JlA1J4gJ1pVDX1iHh_iIMXU")
# Each worker of a test run has a PostgreSQL server of its own; bin/test names them.
if "PYTEST_XDIST_WORKER" in os.environ and "TEST_DATABASE_URLS" in os.environ:
    _number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    os.environ["DATABASE_URL"] = os.environ.pop("TEST_DATABASE_URLS").split()[_number]
# And slots of its own: while one reads a hostile file, the others are not refused as busy.
if _worker := os.environ.get("PYTEST_XDIST_WORKER"):
    _folder = f"{tempfile.gettempdir()}/viche-slots-{os.getuid()}-{_worker}"
    os.environ.setdefault("SEMAPHORE_FOLDER", _folder)

from config.settings import *  # noqa: F403 (a settings module is its names)

# The counter of the council's row comes with pages and sessions: no test waits for a second.
COUNCIL_SECONDS = float("inf")
# No thread writes what a test counted: it merges when the test says so.
VISITS_FLUSH_SECONDS = 0.0
# No machine's own units and disks: what a test looks at it names itself.
STATE_SYSTEMCTL = "/nonexistent/systemctl"
STATE_DISK_PERCENT = 100
