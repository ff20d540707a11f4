"""kill -9 of the worker amid a mailing of digests: none is missing, at most one is double."""

from __future__ import annotations

import os
import signal
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from city.models import Theme
from core.domain import clock, outbox
from notifications.digests.queries import BATCH
from notifications.models import Activity, Follower, Following
from tests import factories
from tests.notifications.workers import stop_the_heart, wait_until

pytestmark = pytest.mark.timeout(600)


def sent(folder: Path) -> Counter[str]:
    """How many mails each receiver has."""
    file = folder / "list"
    return Counter(file.read_text().splitlines()) if file.exists() else Counter()


@pytest.mark.parametrize(
    "many",
    [
        pytest.param(5000, marks=[pytest.mark.long, pytest.mark.cpu(40)]),
        pytest.param(
            BATCH + 20, marks=[pytest.mark.short, pytest.mark.with_all, pytest.mark.cpu(20)]
        ),
    ],
)
def test_none_missing_at_most_one_double(start_worker, tmp_path, department, many):
    theme = Theme.objects.create(name="Транспорт", slug="transport")
    consultation = factories.consultation(department, text=None)
    before = clock.now() - timedelta(hours=1)
    followers = Follower.objects.bulk_create(
        Follower(email=f"f{n}@viche.example", weekly_until=before, daily_until=before)
        for n in range(many)
    )
    Following.objects.bulk_create(
        Following(follower=each, kind="theme", theme=theme, since=before) for each in followers
    )
    Activity.objects.create(
        verb="opened",
        about=f"consultation:{consultation.pk}",
        topics=[f"theme:{theme.pk}"],
        consultation=consultation,
    )
    until = clock.now().isoformat()
    outbox.defer("notifications.jobs.send_digests", frequency="weekly", until=until)

    first = start_worker(WORKER_LISTS_MAILS="1")
    wait_until(lambda: len(sent(tmp_path)) > many // 3, 120)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert len(sent(tmp_path)) < many
    stop_the_heart()

    start_worker(WORKER_LISTS_MAILS="1")
    wait_until(lambda: len(sent(tmp_path)) == many, 240)
    assert set(sent(tmp_path)) == {each.email for each in followers}
    assert sum(sent(tmp_path).values()) <= many + 1
