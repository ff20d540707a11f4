"""What the tests of the newsroom share: the jobs of mails that wait, and what does them."""

from tests.notifications.conftest import do as do
from tests.notifications.conftest import waiting as waiting
