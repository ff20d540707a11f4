"""Fixtures of the tests of the newsroom: waiting jobs of mails, and a way to run them."""

from tests.notifications.conftest import do as do
from tests.notifications.conftest import waiting as waiting
