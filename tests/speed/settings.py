"""The settings of the process that counts: those of the tests, as a server of pages has them."""

import os

os.environ["DEBUG"] = "1"  # the keys and static files of a developer's machine

from tests.settings import *  # noqa: F403 (a settings module is its names)

DEBUG = False
DEMO = True  # demo/scale.py makes what is read
WHITENOISE_AUTOREFRESH = False
#: A kept page stands until its topics move; a path that wants it anew says so.
SHARED_PAGE_SECONDS = float("inf")
