"""Letters as PDF: for the applicant by account or secret, and on the desk; for nobody else."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db.models.functions import Now
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Absence
from appeals import actions
from appeals.letters.queries import kinds_of, load_notice
from appeals.letters.wording import LetterKind
from appeals.models import Appeal, Entry, Reading, State
from appeals.register import views_desk
from core.domain import clock
from core.export.official_letter import letter_text
from tests import factories as people
from tests.appeals import factories

pytestmark = pytest.mark.django_db


def words_of(response) -> str:
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


def test_the_applicant_gets_the_answer_as_a_letter_and_others_nothing(client, olena, bohdan):
    appeal = factories.appeal(olena, State.ANSWERED)
    answer = appeal.answers.get()
    url = reverse("appeals:letter", args=[appeal.pk, answer.pk])
    assert client.get(url).status_code == 404
    client.force_login(bohdan)
    assert client.get(url).status_code == 404
    client.force_login(olena)
    assert url in client.get(appeal.get_absolute_url()).content.decode()
    response = client.get(url)
    words = words_of(response)
    assert "Коваль Олені Петрівні" in words
    assert "Ліхтарі відремонтовано." in words
    assert "answer-" in response["Content-Disposition"]


def test_a_draft_is_the_desk_s_alone(client, olena):
    appeal = factories.appeal(olena, State.IN_WORK)
    boss = factories.head(appeal.department)
    draft = actions.draft_answer(appeal, by=boss, text="Чернетка.", result="satisfied")
    client.force_login(olena)
    assert client.get(reverse("appeals:letter", args=[appeal.pk, draft.pk])).status_code == 404
    client.force_login(boss)
    assert "Чернетка." in words_of(
        client.get(reverse("appeals_desk:letter", args=[appeal.pk, draft.pk]))
    )
    assert Reading.objects.filter(appeal=appeal, user=boss).exists()


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (State.RETURNED, "returned"),
        (State.FORWARDED, "forwarded"),
        (State.NOT_CONSIDERED, "refused"),
        (State.MOVED, "moved"),
    ],
)
def test_each_notice_is_there_once_it_has_happened(client, olena, state, kind):
    appeal = factories.appeal(olena, state)
    assert str(kinds_of(appeal)[0]) == kind
    client.force_login(olena)
    for name in LetterKind:
        url = reverse("appeals:notice", args=[appeal.pk, name])
        assert client.get(url).status_code == (200 if name == kind else 404)
    assert reverse("appeals:notice", args=[appeal.pk, kind]) in (
        client.get(appeal.get_absolute_url()).content.decode()
    )
    client.force_login(factories.registrar())
    detail = client.get(reverse("appeals_desk:detail", args=[appeal.pk])).content.decode()
    assert reverse("appeals_desk:notice", args=[appeal.pk, kind]) in detail
    covering = client.get(reverse("appeals_desk:notice", args=[appeal.pk, "covering"]))
    assert covering.status_code == (200 if kind == "forwarded" else 404)


def test_the_notice_of_an_extension_names_the_day(client, olena):
    appeal = factories.appeal(olena, State.IN_WORK)
    until = factories.working_day(appeal, 3)
    boss = factories.mayor()
    actions.extend(appeal, by=boss, until=until, reason="Чекаємо на експертизу.")
    client.force_login(olena)
    words = words_of(client.get(reverse("appeals:notice", args=[appeal.pk, "extended"])))
    assert f"{until:%d.%m.%Y}" in words
    assert boss.family_name.upper() in words


def test_a_notice_stays_as_it_was_sent(client, olena):
    """Whatever becomes of the term, the department and its people afterwards."""
    appeal = factories.appeal(olena, State.IN_WORK)
    boss, was = factories.head(appeal.department), appeal.department
    until = factories.working_day(appeal, 3)
    reason = "Чекаємо на експертизу."
    deputy = factories.deputy()
    actions.extend(appeal, by=deputy, until=until, reason=reason)
    deputy.grants.update(revoked_at=Now())
    factories.answered(appeal)
    sent = appeal.answers.get()
    actions.reopen(appeal, by=olena, reason="Ліхтарі так і не світять.")
    other = factories.department("Інше управління", "another")
    actions.assign(appeal, by=factories.registrar(), department=other)
    client.force_login(olena)
    notice = words_of(client.get(reverse("appeals:notice", args=[appeal.pk, "extended"])))
    assert f"{until:%d.%m.%Y}" in notice
    assert "Заступник міського голови" in notice
    assert deputy.family_name.upper() in notice
    letter = words_of(client.get(reverse("appeals:letter", args=[appeal.pk, sent.pk])))
    for words in (notice, letter):
        assert was.name in words
        assert other.name not in words
    assert boss.family_name.upper() in letter


def test_a_letter_names_the_post_of_the_grant(client, olena):
    """Nobody writes a post by hand; without one, who it is, always with the department."""
    clerk = factories.registrar()
    client.force_login(clerk)
    url = reverse("appeals_desk:return", args=[factories.filed(olena).appeal.pk])
    sent = {"ground": "malformed", "note": "Немає підпису."}
    assert client.post(url, {**sent, "signed_as": "Міський голова"}).status_code == 302
    post = "Посадова особа підрозділу «Відділ звернень»"
    entry = Entry.objects.get(kind="returned")
    assert (entry.letterhead["post"], entry.letterhead["signer"]) == (
        post,
        f"{clerk.given_name} {clerk.family_name.upper()}",
    )
    refused = factories.appeal(olena, State.NOT_CONSIDERED)
    assert refused.entries.get(kind="refused").letterhead["post"] == "Міський голова"


def test_who_stands_in_signs_as_acting(olena, bohdan):
    mayor = factories.mayor()
    people.grant(bohdan, "officer", department=factories.office())
    now = clock.now()
    Absence.objects.create(
        absent=mayor,
        cover=bohdan,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=1),
        named_by=mayor,
    )
    appeal = factories.filed(olena).appeal
    actions.leave_without_consideration(appeal, by=bohdan, ground="repeated", note="Вирішено.")
    entry = appeal.entries.get(kind="refused")
    assert entry.letterhead["post"] == "В. о. міського голови"
    decided = f"Рішення прийняв(ла): в. о. міського голови {entry.letterhead['signer']}"
    assert decided in entry.words
    letter = letter_text(load_notice(Appeal.objects.get(pk=appeal.pk), LetterKind.REFUSED))
    assert decided in letter
    assert f"№ {entry.letterhead['number']}." in letter


def test_the_office_gets_the_journal_as_a_document(client, monkeypatch):
    appeal = factories.appeal(state=State.FORWARDED)
    url = reverse("appeals_desk:journal_pdf")
    client.force_login(factories.head(factories.department("Інший", "other")))
    assert client.get(url).status_code == 403
    client.force_login(factories.registrar())
    day = appeal.registered_on.isoformat()
    response = client.get(url, {"since": day, "until": day})
    assert response["Content-Type"] == "application/pdf"
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    assert "Журнал реєстрації звернень" in words
    assert appeal.subject in words
    monkeypatch.setattr(views_desk, "MOST_IN_PDF", 0)
    assert client.get(url, {"since": day, "until": day}).status_code == 422
