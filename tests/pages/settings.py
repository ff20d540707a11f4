"""The tests' settings, but with the error pages that the public gets."""

from tests.settings import *  # noqa: F403 (a settings module is its names)

DEBUG = False
ROOT_URLCONF = "tests.pages.urls"
# A window of the walk lives for minutes; what stays the same is asked for once.
WHITENOISE_MAX_AGE = 86400
