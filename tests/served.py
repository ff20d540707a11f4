"""The settings of the tests, but errors are answered as they are in production: for servers whose
answers to a fault a test looks at."""

from tests.settings import *  # noqa: F403 (a settings module is its names)

DEBUG = False
