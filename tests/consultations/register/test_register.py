"""Proposals that came by letter or at a hearing: entered, shown beside the others, corrected."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.data.retention import sweep_all
from consultations.models import ReceivedOffline, ReceivedScan, Remark, RemarkCount, State
from consultations.register import actions, rules
from consultations.register.numbering import number_remarks
from core.domain import clock as database_clock
from core.domain.calendar import local_date
from core.domain.retention import period_of
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions import actions as discussion
from drafts.models import Clause
from tests import factories
from tests.editing import carried

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(ofi):
    """Enters a letter to a consultation that is open."""

    def do(consultation, *, by=ofi, **more):
        said = {
            "source": "letter",
            "received_on": consultation.opens_on,
            "author_name": "Марія Гнатюк",
            "text": "Просимо залишити прохід для колясок.",
            "contact": "вул. Шахтарська, 3, кв. 7",
        }
        return actions.enter(consultation, by=by, **(said | more))

    return do


def _picture() -> BytesIO:
    drawn = BytesIO()
    Image.new("RGB", (40, 20), "white").save(drawn, "JPEG", exif=b"Exif\0\0GPS 48.6,23.9")
    drawn.seek(0)
    return drawn


def _refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.verdict.code


def test_it_stands_beside_the_others(enter, opened, client):
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    made = enter(opened, clause_id=clause.pk, kind="wording", proposal="до 22:00.")
    number_remarks()
    page = client.get(opened.get_absolute_url()).content.decode()
    assert "Марія Гнатюк" in page
    assert "надійшло листом" in " ".join(page.split())
    assert "Шахтарська" not in page
    told = client.get(f"/api/v1/consultations/{opened.pk}/remarks/{made.pk}/").json()
    assert (told["number"], told["source"], told["author"]) == (1, "letter", "Марія Гнатюк")
    assert told["proposal"] == "до 22:00."
    assert RemarkCount.objects.get(clause_key=clause.key).remarks == 1
    assert AuditEntry.objects.filter(event="RemarkEntered").count() == 1


def test_in_the_name_of_a_confirmed_organisation(enter, opened, firm):
    organisation = factories.organisation("ТОВ «Тераса»", firm)
    made = enter(opened, organisation_code=organisation.code)
    assert made.comment.organisation == organisation
    assert _refusal(enter, opened, organisation_code="00000000") == (
        "register.no_such_organisation"
    )


def test_until_the_report_for_what_came_in_time(enter, department):
    closed = factories.consultation(department, State.CLOSED)
    assert enter(closed, received_on=closed.last_day).comment.author is None
    late = closed.last_day + timedelta(days=1)
    assert _refusal(enter, closed, received_on=late) == "register.received_outside"
    early = closed.opens_on - timedelta(days=1)
    assert _refusal(enter, closed, received_on=early) == "register.received_outside"
    opened = factories.consultation(department)
    tomorrow = local_date(database_clock.now()) + timedelta(days=1)
    assert _refusal(enter, opened, received_on=tomorrow) == "register.received_later"


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.REPORTED, State.WITHDRAWN])
def test_not_before_and_not_after(enter, department, state):
    assert _refusal(enter, factories.consultation(department, state)) == "register.not_kept"


def test_whoever_keeps_the_record_enters_and_officers_read_contacts(department, opened):
    now = database_clock.now()
    officer = factories.person(1, "officer", department_id=department.pk)
    secretary = factories.person(2, "secretary", department_id=department.pk)
    resident = factories.person(3)
    other = factories.person(4, "officer", department_id=department.pk + 1)
    assert [bool(rules.enter(by, opened, now=now)) for by in (officer, secretary)] == [True, True]
    assert [bool(rules.enter(by, opened, now=now)) for by in (resident, other)] == [False, False]
    readers = (officer, secretary, resident, other)
    assert [bool(rules.see_contact(by, opened)) for by in readers] == [True, False, False, False]


class TestScan:
    def test_a_picture_is_drawn_anew_and_officers_alone_save_it(self, enter, opened, ofi, olena):
        made = enter(opened, scan=_picture())
        kept = ReceivedScan.objects.get()
        assert kept.media_type == "image/jpeg"
        assert b"GPS" not in bytes(kept.content)
        address = reverse("desk:scan", args=[opened.pk, made.pk])
        client = Client()
        client.force_login(ofi)
        answer = client.post(address)
        assert answer.content == bytes(kept.content)
        assert answer["Content-Disposition"].startswith("attachment")
        assert AuditEntry.objects.filter(event="ContactSeen", actor=ofi.pk).count() == 1
        client.force_login(olena)
        assert client.post(address).status_code == 403

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file.empty"),
            (b"PK\x03\x04", "file.type"),
            (b"\xff\xd8\xff" + b"x" * 50, "file.damaged"),
            (b"%PDF-" + b"x" * (5 * 1024 * 1024), "file.too_large"),
        ],
    )
    def test_what_is_no_scan_is_refused_and_nothing_kept(self, enter, opened, content, code):
        assert _refusal(enter, opened, scan=BytesIO(content)) == code
        assert not Remark.objects.exists()


class TestAtTheDesk:
    @pytest.fixture
    def desk(self, client, ofi):
        client.force_login(ofi)
        return client

    def _typed(self, consultation, **more):
        return {
            "source": "hearing",
            "received_on": consultation.opens_on.isoformat(),
            "author_name": "Іван Бойко",
            "kind": "remark",
            "text": "Потрібні смітники.",
            **more,
        }

    def test_enters_it(self, desk, opened):
        answer = desk.post(reverse("desk:enter", args=[opened.pk]), self._typed(opened))
        assert answer.status_code == 302, answer.content.decode()
        made = Remark.objects.get()
        assert (made.source, made.comment.author_name) == ("hearing", "Іван Бойко")
        listed = desk.get(reverse("desk:register", args=[opened.pk]))
        assert "Іван Бойко" in listed.content.decode()

    def test_says_what_is_wrong_at_its_field_and_keeps_what_was_typed(self, desk, opened):
        early = (opened.opens_on - timedelta(days=3)).isoformat()
        typed = self._typed(opened, received_on=early)
        answer = desk.post(reverse("desk:enter", args=[opened.pk]), typed)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["received_on"]
        assert "Потрібні смітники." in answer.content.decode()

    def test_corrects_a_slip_with_a_trace(self, desk, enter, opened, client):
        made = enter(opened, author_name="Марія Гнатук")
        address = reverse("desk:entry", args=[opened.pk, made.pk])
        page = desk.get(address).content.decode()
        assert "Шахтарська" not in page  # who reads it is kept
        seen = desk.post(reverse("desk:contact", args=[opened.pk, made.pk])).content.decode()
        assert "Шахтарська" in seen
        sent = carried(desk, address) | {
            "author_name": "Марія Гнатюк",
            "received_on": opened.opens_on.isoformat(),
            "contact": "(000) 000-00-03",
            "text": "Просимо залишити прохід для візочків.",
        }
        assert desk.post(address, sent).status_code == 302
        received = ReceivedOffline.objects.get()
        assert (received.name_before, received.contact) == ("Марія Гнатук", "(000) 000-00-03")
        page = Client().get(made.get_absolute_url()).content.decode()
        assert "для візочків" in page
        assert "для колясок" in page  # what it said before
        assert "Гнатук" not in page
        # Drawn before the correction: nothing is saved over it.
        assert desk.post(address, sent | {"text": "Інше"}).status_code == 409

    def test_a_hidden_one_keeps_its_number_and_entry(self, desk, enter, opened, mo):
        made = enter(opened)
        number_remarks()
        discussion.hide(made.comment, by=mo, reason="personal", note="Порушує правила")
        assert desk.get(reverse("desk:entry", args=[opened.pk, made.pk])).status_code == 200
        assert Remark.objects.get().number == 1

    def test_lists_in_a_fixed_number_of_queries(
        self, desk, enter, opened, django_assert_max_num_queries
    ):
        for _number in range(5):
            enter(opened)
        with django_assert_max_num_queries(12):
            desk.get(reverse("desk:register", args=[opened.pk]))


def test_the_contact_goes_after_its_term_and_the_name_stays(enter, opened, clock):
    made = enter(opened, scan=_picture())
    clock.set(opened.closes_at + period_of("received_contacts") + timedelta(hours=1))
    sweep_all()
    assert ReceivedOffline.objects.get().contact == ""
    assert ReceivedScan.objects.exists()
    clock.set(opened.closes_at + period_of("received_scans") + timedelta(hours=1))
    sweep_all()
    assert not ReceivedScan.objects.exists()
    made.comment.refresh_from_db()
    assert made.comment.author_name == "Марія Гнатюк"
