"""Erasing oneself: what goes, what stays, who may not, who is told."""

from __future__ import annotations

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from lxml import html

from accounts.data import actions
from accounts.data.events import ExportEnded, UserErased
from accounts.data.register import OnErasure, all_entries
from accounts.events import UserSignedOut
from accounts.models import Agreement, Residence, User, Verification
from city.models import Change, District
from consultations.models import Consultation
from consultations.remarks import actions as consultations
from core.domain import outbox
from core.domain.rules import Refused
from core.domain.topics import seq_of
from core.models import AuditEntry
from discussions import actions as discussions
from discussions.models import Comment, Flag, HideReason
from organisations.models import Organisation
from petitions.models import PetitionPhoto
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/account/data/erase/"
LISTS = "//dl[contains(@class, 'govuk-summary-list')]"


def _entry(name):
    return next(entry for entry in all_entries() if entry.name == name)


@pytest.fixture
def consultation(department) -> Consultation:
    return factories.consultation(department)


def test_who_it_was_is_forgotten_and_a_row_without_a_name_stays(resident, hear):
    told = hear(UserErased, UserSignedOut, ExportEnded)
    actions.erase(resident, by=resident)
    resident.refresh_from_db()
    assert (resident.given_name, resident.family_name, resident.phone) == ("", "", "")
    assert resident.email == f"{resident.pk}@erased.invalid"
    assert not resident.is_active and not resident.has_usable_password()
    assert resident.erased_at
    assert not resident.emailaddress_set.exists()
    assert told == [UserSignedOut(resident.pk), UserErased(resident.pk, resident.pk)]
    entry = AuditEntry.objects.get(event="UserErased")
    assert entry.ids == {"user_id": resident.pk, "by_id": resident.pk}


def test_the_database_itself_keeps_no_name_of_the_erased(resident):
    actions.erase(resident, by=resident)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=resident.pk).update(given_name="Ганна")


def test_what_was_said_stays_and_counts_are_unchanged(resident, bohdan, consultation):
    said = consultations.remark(consultation, by=resident, text="Лавки заважають.")
    his = consultations.remark(consultation, by=bohdan, text="Не заважають.")
    consultations.react(his, by=resident, value=-1)
    consultation.refresh_from_db()
    before = consultation.counts.get(clause_key=None).remarks
    actions.erase(resident, by=resident)
    said.comment.refresh_from_db()
    his.comment.refresh_from_db()
    assert said.comment.text == "Лавки заважають."
    assert his.comment.disagrees == 1
    assert consultation.counts.get(clause_key=None).remarks == before == 2
    assert his.comment.reactions.count() == 1


def test_every_face_of_the_site_shows_a_deleted_user(resident, consultation):
    resident.public_name_style = "full"
    resident.save()
    said = consultations.remark(consultation, by=resident, text="Лавки заважають.")
    api = f"/api/v1/consultations/{consultation.pk}/remarks/"
    places = [consultation.get_absolute_url(), said.get_absolute_url(), "/search/?q=лавки"]
    for place in (*places, api):
        assert "Ганна Ткач" in Client().get(place).content.decode(), place
    before = seq_of(consultation.topic)

    actions.erase(resident, by=resident)
    assert seq_of(consultation.topic) > before
    from core.web.pages import forget_pages

    forget_pages()
    for place in places:
        page = Client().get(place).text
        assert "Ганна" not in page and "видалений користувач" in page, place
        assert "deleted user" in Client().get(f"/en{place}").text
    assert Client().get(api).json()["results"][0]["author"] == "видалений користувач"
    assert "Лавки" not in Client().get("/search/?q=Ткач").text


def test_the_live_fragment_is_drawn_without_the_name(resident, consultation):
    from realtime.broadcasts import REMARK

    said = consultations.remark(consultation, by=resident, text="Лавки заважають.")
    actions.erase(resident, by=resident)
    ((_pk, context),) = REMARK.contexts([said.pk])
    assert context["remark"].comment.author.public_name == "видалений користувач"


def test_what_was_taken_back_or_told_to_moderators_goes(resident, bohdan, consultation):
    taken = consultations.remark(consultation, by=resident, text="помилкове слово")
    consultations.delete_remark(taken, by=resident)
    changed = consultations.remark(consultation, by=resident, text="перше слово")
    consultations.change_remark(changed, by=resident, text="друге слово")
    his = consultations.remark(consultation, by=bohdan, text="Ні.")
    discussions.flag(his.comment, by=resident, reason=HideReason.SPAM, details="знаю його")
    actions.erase(resident, by=resident)
    taken.comment.refresh_from_db()
    assert (taken.comment.text, taken.comment.html) == ("", "")
    assert list(changed.comment.edits.all()) == []
    assert Flag.objects.get(user=resident).details == ""


def test_one_living_person_may_come_back(resident):
    """Nothing of a verified person stands in the way of her being verified anew."""
    Verification.objects.create(
        user=resident, level=30, how="provider", source="id.gov.ua", person_key="a" * 64
    )
    Residence.objects.create(
        user=resident, district=District.objects.get_or_create(name="Центр", slug="centre")[0]
    )
    actions.erase(resident, by=resident)
    assert not Verification.objects.exists() and not Residence.objects.exists()
    again = User.objects.create_user("resident@viche.example", PASSWORD, given_name="Ганна")
    Verification.objects.create(user=again, level=30, how="provider", person_key="a" * 64)


def test_the_proof_of_consent_stays_until_its_time(resident, clock, settings):
    from accounts.data import retention

    Agreement.objects.create(user=resident, document="terms", version="2026-01-01")
    actions.erase(resident, by=resident)
    assert retention.sweep_all() == {}
    clock.advance(days=settings.RETENTION["agreements"].days + 1)
    assert retention.sweep_all()["agreements"] == 1
    assert not Agreement.objects.exists()


def test_a_last_mail_tells_and_waiting_ones_are_dropped(resident, post, consultation):
    from notifications.sending.mail import defer, send

    defer("accounts/reinstated", user_id=resident.pk, about="1")
    actions.erase(resident, by=resident)
    sent = post()
    assert [message.to for message in sent] == [["resident@viche.example"]]
    assert "видален" in sent[0].subject
    assert "Ганна" not in sent[0].body
    assert not send("accounts/reinstated", resident.pk, "1", {})
    assert len(mail.outbox) == 1
    from procrastinate.contrib.django.models import ProcrastinateJob

    mails = ProcrastinateJob.objects.filter(task_name="notifications.jobs.send")
    assert not mails.filter(args__user_id=resident.pk).exists()


def test_mails_to_many_that_wait_for_the_person_go_too(resident, bohdan):
    from procrastinate.contrib.django.models import ProcrastinateJob

    mailing = {
        "audience": "participants",
        "template": "consultations/report",
        "about": "x",
        "ids": {},
    }
    outbox.defer_many(
        "notifications.jobs.send_to_member",
        [{**mailing, "member_id": each.pk} for each in (resident, bohdan)],
    )
    actions.erase(resident, by=resident)
    waiting = ProcrastinateJob.objects.filter(args__audience="participants")
    assert [job.args["member_id"] for job in waiting] == [bohdan.pk]


def test_refusals(resident, bohdan, mo):
    for by, user, code in [
        (bohdan, resident, "data.not_oneself"),
        (mo, mo, "data.works_for_council"),
    ]:
        with pytest.raises(Refused) as refused:
            actions.erase(user, by=by)
        assert refused.value.verdict.code == code
    actions.erase(resident, by=None)
    for by, code in [(None, "data.erased_already"), (resident, "account.suspended")]:
        resident.refresh_from_db()
        with pytest.raises(Refused) as refused:
            actions.erase(resident, by=by)
        assert refused.value.verdict.code == code


def test_the_last_head_of_a_company_names_another_first(resident, bohdan, inside):
    company = factories.organisation("ТОВ «Тераса»")
    factories.mandate(resident, company, is_head=True)
    with pytest.raises(Refused) as refused:
        actions.erase(resident, by=resident)
    assert refused.value.verdict.code == "data.last_head"
    page = inside.get(PAGE)
    assert page.status_code == 403 and "керівник" in page.text
    factories.mandate(bohdan, company, is_head=True)
    actions.erase(resident, by=resident)
    assert not company.mandates.filter(user=resident, revoked_at=None).exists()


def test_a_sole_proprietor_goes_with_her_business(resident):
    sole = factories.organisation(
        "ФОП Ганна Ткач", resident, kind="sole", code="", code_key="b" * 64
    )
    sole.mandates.update(is_head=True)
    actions.erase(resident, by=resident)
    sole.refresh_from_db()
    assert (sole.name, sole.short_name, sole.location, sole.code_key) == ("", "", "", "")
    assert sole.closed_at


def test_a_failure_changes_nothing(resident, monkeypatch):
    from accounts.data import register

    def fail(user):
        raise RuntimeError

    last = next(iter(register.all_entries()))
    monkeypatch.setattr(type(last), "forget", lambda self, user: fail(user))
    with pytest.raises(RuntimeError):
        actions.erase(resident, by=resident)
    resident.refresh_from_db()
    assert (resident.given_name, resident.erased_at) == ("Ганна", None)


def test_by_a_command_on_a_written_request(resident, capsys, monkeypatch):
    with pytest.raises(CommandError):
        call_command("erase_person", "nobody@viche.example", "--yes")
    with monkeypatch.context() as terminal, pytest.raises(CommandError, match="Nothing was erased"):
        terminal.setattr("sys.stdin", io.StringIO())  # nobody who could type
        call_command("erase_person", resident.email)
    call_command("erase_person", resident.email, "--yes")
    resident.refresh_from_db()
    assert resident.erased_at
    with pytest.raises(CommandError, match=r"уже"):
        call_command("erase_person", str(resident.pk), "--yes")


# --- the page -------------------------------------------------------------------------------------


def test_the_page_says_what_goes_and_what_stays(inside, resident, consultation):
    consultations.remark(consultation, by=resident, text="Лавки заважають.")
    page = inside.get(PAGE)
    assert page.status_code == 200
    for words in ("Зауваження", "3841-IX", "видалений користувач"):
        assert words in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_what_stays_with_the_name_is_told_before_and_after(inside, resident, consultation, post):
    consultation.asks_full_name = True
    consultation.save(update_fields=["asks_full_name"])
    consultations.remark(
        consultation,
        by=resident,
        text="Лавки заважають.",
        full_name="Гнатюк Ганна Петрівна",
        contact="resident@viche.example",
    )
    page = html.fromstring(inside.get(PAGE).text)
    named, unnamed = page.xpath(LISTS)
    title = str(_entry("consultations.declaration").title)
    words = " ".join(named.text_content().split())
    assert title in words
    assert "ваші прізвище, ім’я та по батькові, 5 років від звіту" in words
    assert title not in unnamed.text_content()
    assert "Зауваження" in unnamed.text_content()
    inside.post(PAGE, {"word": "видалити"})
    last = inside.get("/account/data/erased/").text
    assert title in last
    assert title not in inside.get("/account/data/erased/").text
    assert title in post()[0].body


def test_where_nothing_stays_with_the_name_no_list_says_so(inside, resident, consultation, post):
    consultations.remark(consultation, by=resident, text="Лавки заважають.")
    assert len(html.fromstring(inside.get(PAGE).text).xpath(LISTS)) == 1
    inside.post(PAGE, {"word": "видалити"})
    assert "<dl" not in inside.get("/account/data/erased/").text
    assert "з вашим іменем" not in post()[0].body


def test_every_name_that_outlives_an_account_is_told_of():
    """What keeps a column with a name and is not emptied of it says so."""
    for entry in all_entries():
        if entry.on_erasure is OnErasure.DELETED:
            continue
        if entry.model in (User, Organisation, Change, PetitionPhoto):
            continue  # names of organisations, rows, files; of an account none can be kept
        kept = {"name", "full_name", "author_name", "email"} & set(entry.shown)
        assert kept <= set(entry.emptied) or entry.named_by, entry.name


def test_the_word_confirms_it(inside, resident):
    wrong = inside.post(PAGE, {"word": "так"})
    assert wrong.status_code == 422
    resident.refresh_from_db()
    assert resident.erased_at is None
    done = inside.post(PAGE, {"word": " «Видалити» "})
    assert done["Location"] == "/account/data/erased/"
    resident.refresh_from_db()
    assert resident.erased_at
    assert inside.get("/account/data/erased/").status_code == 200
    assert inside.get("/account/data/").status_code == 302
    again = inside.post(
        "/account/login/", {"login": "resident@viche.example", "password": PASSWORD}
    )
    assert again.status_code != 302


def test_opening_the_page_erases_nothing(inside, resident):
    inside.get(f"{PAGE}?word=видалити")
    resident.refresh_from_db()
    assert resident.erased_at is None


def test_it_is_asked_for_a_fresh_proof(client, resident):
    client.force_login(resident, fresh=False)
    for answer in (client.get(PAGE), client.post(PAGE, {"word": "видалити"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/confirm/")
    resident.refresh_from_db()
    assert resident.erased_at is None


def test_who_works_for_the_council_reads_why_not(client, mo):
    client.force_login(mo)
    page = client.get(PAGE)
    assert page.status_code == 403
    assert "адміністратор" in page.text
    assert client.post(PAGE, {"word": "видалити"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_other_peoples_comments_stand(resident, bohdan, consultation):
    """Deferred checks of foreign keys, too, are content with it."""
    said = consultations.remark(consultation, by=resident, text="Лавки.")
    consultations.reply(said, by=bohdan, text="Згоден.")
    actions.erase(resident, by=resident)
    assert Comment.objects.count() == 2
