"""For a time moderators read what is said before it is shown; until then nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from consultations.models import Consultation, Remark, RemarkCount, State
from consultations.premoderation import actions as premoderation
from consultations.premoderation import rules
from consultations.remarks import actions
from consultations.reports.queries import readiness_of
from core.domain import clock as core_clock
from core.domain.rules import Refused
from core.models import AuditEntry, Topic
from discussions import actions as discussion
from discussions.models import Comment
from moderation import queries
from moderation.models import QueueItem, Ruling
from moderation.queue import actions as queue
from tests import factories
from tests.factories import person
from tests.notifications.conftest import do, waiting  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def begin(consultation, by, **delta) -> Consultation:
    until = core_clock.now() + timedelta(**(delta or {"hours": 6}))
    return premoderation.begin(consultation, by=by, until=until, reason="Навала ботів")


@pytest.fixture
def guarded(opened, mo):
    return begin(opened, mo)


@pytest.fixture
def held(guarded, olena) -> Remark:
    return actions.remark(guarded, by=olena, text="Єнотове слово")


def total(consultation) -> int:
    return sum(
        RemarkCount.objects.filter(consultation=consultation, clause_key=None).values_list(
            "remarks", flat=True
        )
    )


@pytest.mark.parametrize(
    ("who", "state", "days", "reason", "code"),
    [
        (person(1, "moderator"), State.OPEN, 7, "так", ""),
        (person(1, "moderator", scope="consultation:5"), State.OPEN, 1, "так", ""),
        (person(1, "administrator"), State.OPEN, 1, "так", ""),
        (person(1), State.OPEN, 1, "так", "moderation.moderators_only"),
        (person(1, "officer", department_id=7), State.OPEN, 1, "так", "moderation.moderators_only"),
        (
            person(1, "moderator", scope="consultation:6"),
            *(State.OPEN, 1, "так", "moderation.moderators_only"),
        ),
        (person(1, "moderator"), State.CLOSED, 1, "так", "premoderation.not_open"),
        (person(1, "moderator"), State.OPEN, 8, "так", "premoderation.too_long"),
        (person(1, "moderator"), State.OPEN, -1, "так", "premoderation.too_long"),
        (person(1, "moderator"), State.OPEN, 1, " ", "premoderation.reason_missing"),
    ],
)
def test_who_may_begin(who, state, days, reason, code):
    now = core_clock.now()
    day = timedelta(days=1)
    opens, closes = (now - day, now + day) if state == State.OPEN else (now - 2 * day, now - day)
    consultation = Consultation(pk=5, announced_at=opens, opens_at=opens, closes_at=closes)
    verdict = rules.begin(who, consultation, now=now, until=now + days * day, reason=reason)
    assert verdict.code == code


def test_nobody_reads_what_waits(client, held, guarded, bohdan, ofi, olena):
    assert not Remark.objects.public().exists()
    assert total(guarded) == 0
    for reader in (None, bohdan, ofi):
        if reader:
            client.force_login(reader)
        for address in (guarded.get_absolute_url(), held.get_absolute_url()):
            assert "Єнотове" not in client.get(address).text
        client.logout()
    client.force_login(olena)
    assert "Єнотове" in client.get(reverse("portal:me")).text
    page = client.get(guarded.get_absolute_url()).text
    assert "Навала ботів" in page


def test_it_heads_the_queue_and_is_shown_where_it_was_said(held, guarded, mo, bohdan, do):  # noqa: F811
    do()
    mail.outbox.clear()
    (item, *_rest) = queries.queue(mo, "waiting", None)
    assert (item.comment.pk, item.row.why[0]) == (held.pk, "held")
    assert not queries.queue(mo, "hidden", None)
    before = Topic.objects.get(name=guarded.topic).seq
    queue.leave_up(held.comment, by=mo)
    assert Remark.objects.public().get() == held
    assert total(guarded) == 1
    assert Topic.objects.get(name=guarded.topic).seq > before
    assert not QueueItem.objects.waiting().exists()
    assert Ruling.objects.get().kind == "left"
    do()
    (told,) = mail.outbox
    assert "Єнотове" not in told.subject
    assert held.get_absolute_url() in told.body


def test_hidden_it_was_never_counted(held, guarded, mo, olena):
    queue.hide(held.comment, by=mo, reason="spam", note="Порушує правила", is_waiting=True)
    comment = Comment.objects.get(pk=held.pk)
    assert (comment.is_held, comment.hidden_reason) == (False, "spam")
    assert total(guarded) == 0
    ruling = Ruling.objects.get()
    assert (ruling.kind, ruling.rule) == ("hidden", "spam")
    discussion.restore(comment, by=mo)
    assert total(guarded) == 1


def test_its_author_takes_it_back_unread(client, held, guarded, mo, olena, bohdan):
    address = reverse("consultations:delete", args=[guarded.pk, held.pk])
    client.force_login(bohdan)
    assert client.get(address).status_code == 404
    client.force_login(olena)
    assert address in client.get(reverse("portal:me")).text
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert Comment.objects.get(pk=held.pk).deleted_at
    assert total(guarded) == 0
    assert not QueueItem.objects.waiting().exists()
    assert not readiness_of(guarded).held
    assert AuditEntry.objects.filter(event="HeldCommentDeleted", actor=olena.pk).exists()
    # A moderator who had it before them shows nothing any more.
    with pytest.raises(Refused) as refused:
        discussion.restore(held.comment, by=mo)
    assert refused.value.verdict.code == "comment.gone"
    assert client.get(address).status_code == 404


def test_replies_wait_too_and_nothing_read_is_changed(opened, mo, olena, bohdan):
    said = actions.remark(opened, by=olena, text="Сказане раніше")
    begin(opened, mo)
    reply = actions.reply(said, by=bohdan, text="Єнотова відповідь")
    assert reply.is_held
    assert Comment.objects.get(pk=said.pk).replies == 0
    with pytest.raises(Refused) as refused:
        actions.change_remark(said, by=olena, text="Інше слово")
    assert refused.value.verdict.code == "remark.read_first"
    queue.leave_up(reply, by=mo)
    assert Comment.objects.get(pk=said.pk).replies == 1


def test_it_ends_by_itself_or_by_hand(opened, mo, olena, clock):
    begin(opened, mo, hours=6)
    clock.advance(hours=7)
    assert actions.remark(opened, by=olena, text="Слово").comment.is_visible
    clock.reset()
    begin(opened, mo)
    premoderation.end(opened, by=mo)
    assert actions.remark(opened, by=olena, text="Слово").comment.is_visible
    with pytest.raises(Refused):
        premoderation.end(opened, by=mo)


def test_by_the_procedure(preparing, olena):
    Consultation.objects.filter(pk=preparing.pk).update(premoderates=True)
    preparing.refresh_from_db()
    assert preparing.is_premoderated_at(core_clock.now())


def test_the_report_waits_until_everything_is_read(held, guarded, mo):
    assert readiness_of(guarded).held == 1
    queue.leave_up(held.comment, by=mo)
    assert readiness_of(guarded).held == 0


def test_by_the_page_without_a_script(client, guarded, bohdan):
    client.force_login(bohdan)
    address = reverse("consultations:speak", args=[guarded.pk])
    response = client.post(address, {"text": "Єнотове слово", "kind": "remark"})
    assert response["Location"] == guarded.get_absolute_url()
    assert Comment.objects.get().is_held
    response = client.post(
        address, {"text": "Ще слово", "kind": "remark"}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    assert "Ще слово" not in response.text
    assert reverse("portal:me") in response.text


def test_the_switch_at_the_desk(client, opened, mo, department):
    client.force_login(mo)
    page = reverse("moderation:premoderation")
    address = reverse("moderation:hold", args=[opened.pk])
    sent = {f"p{opened.pk}-hours": "24", f"p{opened.pk}-reason": "Навала"}
    assert client.post(address, sent | {f"p{opened.pk}-reason": ""}).status_code == 422
    assert client.post(address, sent)["Location"] == page
    assert "Навала" in client.get(page).text
    opened.refresh_from_db()
    assert opened.is_premoderated_at(core_clock.now())
    client.post(reverse("moderation:hold_no_more", args=[opened.pk]))
    opened.refresh_from_db()
    assert not opened.is_premoderated_at(core_clock.now())
    hers = factories.user("hers", role="moderator", scope="consultation:999999")
    client.force_login(hers)
    assert client.post(address, sent).status_code == 404
