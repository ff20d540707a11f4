"""Production's settings, with a bare view beside the product's own addresses."""

import os
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "of-a-benchmark-alone")
os.environ.setdefault("PERSON_KEY_SECRET", "of-a-benchmark-alone-and-of-nothing-else")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("REMARKS_PER_HOUR", "1000000")
# Of each clone its own: another one's has other files.
os.environ.setdefault(
    "STATIC_ROOT", str(Path(__file__).resolve().parents[1] / ".local/bench-static")
)
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")

from config.settings import *  # noqa: F403 (a settings module is its names)

ROOT_URLCONF = "benchmarks.urls"
