"""kill -9 of the worker amid hundreds of mails: none is missing, at most one is double.

So of mails to one person each, and of one mail to all who signed a petition, whether the worker
dies between mails or between batches."""

from __future__ import annotations

import os
import signal
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from accounts.models import User
from notifications.sending.fanout import BATCH
from notifications.sending.mail import defer
from petitions.models import Signature
from petitions.news import actions
from tests.notifications.workers import stop_the_heart, wait_until
from tests.petitions import factories

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200)]
#: Mails to one person each; of mails to signers two batches.
MANY, SIGNERS = 400, 2 * BATCH


def sent(folder: Path) -> Counter[str]:
    """How many mails each receiver has."""
    return Counter(message_from_bytes(file.read_bytes())["To"] for file in folder.glob("*.eml"))


def test_none_missing_at_most_one_double(start_worker, tmp_path):
    people = User.objects.bulk_create(
        User(email=f"p{n}@viche.example", given_name="П", family_name="Р", password="!")
        for n in range(MANY)
    )
    for person in people:
        defer("accounts/reinstated", user_id=person.pk, about="suspension:1")

    first = start_worker()
    wait_until(lambda: len(list(tmp_path.glob("*.eml"))) > MANY // 4, 120)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert len(sent(tmp_path)) < MANY
    stop_the_heart()

    start_worker()
    wait_until(lambda: len(sent(tmp_path)) == MANY, 240)
    assert set(sent(tmp_path)) == {person.email for person in people}
    assert sum(sent(tmp_path).values()) <= MANY + 1


@pytest.mark.nightly  # the mechanism is that of the test above
def test_of_the_mails_to_signers_too_by_account_and_by_mail(start_worker, tmp_path, olena):
    # More than sign it: a recount of the worker's would tell of the threshold too.
    petition = factories.petition(olena, procedure=factories.procedure(threshold=2 * SIGNERS))
    by_mail = [each.email for each in factories.signatures(petition, SIGNERS // 2)]
    people = User.objects.bulk_create(
        User(email=f"p{n}@viche.example", given_name="П", family_name="Р", password="!")
        for n in range(SIGNERS - len(by_mail))
    )
    Signature.objects.bulk_create(
        Signature(petition=petition, user=person, wants_news=True) for person in people
    )
    actions.post_news(petition, by=olena, title="Нас почули", text="Так.")

    for part in (4, 2):  # amid the first batch, and about where the next one is deferred
        worker = start_worker()
        wait_until(lambda part=part: len(list(tmp_path.glob("*.eml"))) >= SIGNERS // part, 120)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        stop_the_heart()
    assert len(sent(tmp_path)) < SIGNERS

    start_worker()
    wait_until(lambda: len(sent(tmp_path)) == SIGNERS, 240)
    assert set(sent(tmp_path)) == {*by_mail, *(person.email for person in people)}
    assert sum(sent(tmp_path).values()) <= SIGNERS + 2  # one a death
