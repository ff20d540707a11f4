"""The settings of the tests: the product's own, as on a developer's machine."""

import os

os.environ.setdefault("DEBUG", "1")

from config.settings import *  # noqa: F403 (a settings module is its names)
