"""The tests' settings, but with the error pages that the public gets."""

from tests.settings import *  # noqa: F403 (a settings module is its names)

DEBUG = False
ROOT_URLCONF = "tests.pages.urls"
