"""Everything about me, to take with me: asked for, made, downloaded, gone."""

from __future__ import annotations

import re
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from html import unescape
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from accounts.data import actions, export, retention, words
from accounts.data.access_log import record_access
from accounts.data.events import ExportAsked, ExportEnded, ExportReady
from accounts.data.files import all_files, path_of
from accounts.data.register import all_entries
from accounts.models import Export, Residence, Verification
from city.models import District
from consultations.remarks import actions as consultations
from core.domain import clock
from core.domain.calendar import KYIV
from core.domain.events import Event
from core.domain.rules import Refused
from discussions import actions as discussions
from discussions.models import Comment, Reaction, Thread
from notifications.mails.contents import context_of
from notifications.sending.recipients import Recipient
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/account/data/"


def test_it_holds_what_was_said_in_both_forms(resident, department, ready, opened):
    remark = consultations.remark(
        factories.consultation(department), by=resident, text="Лавки <b>заважають</b>"
    )
    data, page = opened(ready(resident))
    said = {entry["name"]: entry for entry in data["holdings"]}["discussions.comment"]
    assert [row["text"] for row in said["rows"]] == ["Лавки <b>заважають</b>"]
    assert said["rows"][0]["id"] == remark.comment_id
    assert said["purpose"] and said["kept_because"]
    assert "Лавки &lt;b&gt;заважають&lt;/b&gt;" in page
    assert resident.email in page and '<html lang="uk">' in page


def test_the_page_says_what_is_kept_in_short(resident, bohdan, mo, department, ready, opened):
    consultation = factories.consultation(department)
    his = consultations.remark(consultation, by=bohdan, text="Лавки на бульварі заважають проїзду.")
    gone = consultations.remark(consultation, by=bohdan, text="Слово, якого немає.")
    consultations.reply(his, by=resident, text="Згодна.")
    for remark in (his, gone):
        consultations.react(remark, by=resident, value=-1)
    discussions.hide(gone.comment, by=mo, reason="spam", note="Порушує правила")
    discussions.flag(his.comment, by=resident, reason="off_topic")
    Verification.objects.create(
        user=resident, level=20, how="office", source="id_card", by=mo, expires_at=clock.now()
    )
    district = District.objects.get_or_create(name="Центр", slug="centre")[0]
    Residence.objects.create(
        user=resident,
        district=district,
        how="office",
        checked_by=mo,
        checked_at=clock.now(),
        expires_at=datetime(2029, 11, 25, tzinfo=KYIV),
    )
    record_access(mo, resident, "people.registration")
    data, page = opened(ready(resident))
    told = unescape(re.sub(r"<[^>]+>", " ", page))
    for said in (
        "паспорт громадянина України",
        "«Лавки на бульварі заважають проїзду.»",
        "слова, яких більше не показують",
        "24 листопада 2029",
        "проти",
        "модератор",
        "ви; модератори",
    ):
        assert said in told, said
    for raw in ("id_card", "off_topic", "25 листопада 2029", "people.registration", "Слово, якого"):
        assert raw not in told, raw
    kinds = {entry["name"]: entry for entry in data["holdings"]}
    assert kinds["discussions.comment"]["rows"][0]["parent"] == his.pk


def test_every_deed_that_leaves_a_trace_has_words():
    kinds = [Event]
    for kind in kinds:
        kinds += kind.__subclasses__()
    traced = {
        kind.__name__ for kind in kinds if kind.audited and not kind.__name__.endswith("Event")
    }
    assert {name for name in traced if words.event(name) == name} == set()


def test_secrets_are_not_in_it(resident, ready, opened, inside):
    data, page = opened(ready(resident))
    everything = str(data) + page
    resident.refresh_from_db()
    assert resident.password not in everything
    assert inside.session.session_key not in everything


def test_the_page_asks_no_other_host(resident, ready, opened):
    _data, page = opened(ready(resident))
    assert "src=" not in page and "<link" not in page and "url(" not in page


def test_others_rows_are_not_in_it(resident, bohdan, department, ready, opened):
    consultations.remark(factories.consultation(department), by=bohdan, text="чуже слово")
    data, page = opened(ready(resident))
    assert "чуже слово" not in str(data) + page


def test_it_is_in_the_persons_language(resident, ready, opened):
    resident.language = "en"
    resident.save()
    _data, page = opened(ready(resident))
    assert '<html lang="en">' in page


def test_what_happens_is_told(resident, hear, ready):
    told = hear(ExportAsked, ExportReady, ExportEnded)
    made = ready(resident)
    actions.end_export(made, by=resident)
    actions.end_export(made, by=resident)
    assert told == [
        ExportAsked(resident.pk, resident.pk, made.pk),
        ExportReady(resident.pk, None, made.pk),
        ExportEnded(resident.pk, resident.pk, made.pk),
    ]


def test_one_at_a_time(resident, ready):
    actions.ask_export(resident)
    with pytest.raises(Refused) as refused:
        actions.ask_export(resident)
    assert refused.value.verdict.code == "data.export_under_way"
    with pytest.raises(IntegrityError):
        Export.objects.create(user=resident)


def test_a_new_one_takes_the_place_of_the_one_before(
    resident, ready, django_capture_on_commit_callbacks
):
    first = ready(resident)
    file = path_of(first.file)
    assert file.exists()
    with django_capture_on_commit_callbacks(execute=True):
        ready(resident)
    assert not file.exists()
    assert Export.objects.filter(user=resident, ended_at=None).count() == 1


def test_made_twice_it_is_written_once(resident, ready):
    made = ready(resident)
    export.make(made.pk)
    assert [path.name for path in all_files()] == [made.file]


def test_ended_before_it_is_written_it_leaves_nothing(resident):
    asked = actions.ask_export(resident)
    Export.objects.filter(pk=asked.pk).update(ended_at=asked.asked_at)
    export.make(asked.pk)
    assert list(all_files()) == []


def test_a_failure_leaves_no_file_and_can_be_tried_again(resident, settings, ready):
    asked = actions.ask_export(resident)
    periods, settings.RETENTION = settings.RETENTION, {}
    with pytest.raises(KeyError):
        export.make(asked.pk)
    assert list(all_files()) == []
    settings.RETENTION = periods
    export.make(asked.pk)
    asked.refresh_from_db()
    assert asked.ready_at


@pytest.mark.long
def test_twenty_thousand_rows_pass_through_little_memory(resident, bohdan, ready, private):
    thread = Thread.objects.create()
    comments = Comment.objects.bulk_create(
        (Comment(thread=thread, author=bohdan, text="т", html="т") for _ in range(20_000)),
        batch_size=2000,
    )
    Reaction.objects.bulk_create(
        (Reaction(comment=comment, user=resident, value=1) for comment in comments),
        batch_size=2000,
    )
    del comments
    asked = actions.ask_export(resident)
    tracemalloc.start()
    try:
        export.make(asked.pk)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    asked.refresh_from_db()
    assert asked.rows > 20_000
    assert peak < 12 * 2**20


def test_what_the_trace_holds_of_a_person_is_found_by_indexes(resident):
    """It is the longest table of all, and her page asks it each time."""
    (trace,) = [entry for entry in all_entries() if entry.name == "core.auditentry"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = trace.rows(resident).order_by().explain()
    assert "core_audit_about" in plan and "core_audit_actor" in plan, plan


# --- the pages ------------------------------------------------------------------------------------


def test_one_asks_waits_and_downloads(inside, resident):
    page = inside.post(f"{PAGE}export/")
    assert page["Location"] == PAGE
    asked = Export.objects.get(user=resident)
    assert inside.get(f"{PAGE}export/{asked.pk}/").status_code == 404  # not ready
    Export.objects.filter(pk=asked.pk).update(done=3, total=30)
    assert "30" in inside.get(PAGE).text
    again = inside.post(f"{PAGE}export/")
    assert again.status_code == 409
    export.make(asked.pk)
    assert f"{PAGE}export/{asked.pk}/" in inside.get(PAGE).text
    file = inside.get(f"{PAGE}export/{asked.pk}/")
    assert file.status_code == 200
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert file["Cache-Control"] == "private, no-store"
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"


def test_another_persons_is_not_there(inside, bohdan, ready):
    made = ready(bohdan)
    assert inside.get(f"{PAGE}export/{made.pk}/").status_code == 404
    assert inside.post(f"{PAGE}export/{made.pk}/delete/").status_code == 404
    made.refresh_from_db()
    assert made.ended_at is None


def test_signed_out_one_signs_in_first(inside, resident, ready):
    made = ready(resident)
    inside.post("/account/logout/")
    page = inside.get(f"{PAGE}export/{made.pk}/")
    assert page.status_code == 302
    assert page["Location"].startswith("/account/login/")
    assert Client().get(f"{PAGE}export/{made.pk}/").status_code == 302


def test_a_session_that_has_proved_nothing_lately_proves_it_first(client, resident, ready):
    made = ready(resident)
    client.force_login(resident, fresh=False)
    for page in (client.get(f"{PAGE}export/{made.pk}/"), client.post(f"{PAGE}export/")):
        assert page.status_code == 302
        assert page["Location"].startswith("/account/confirm/")
    assert Export.objects.count() == 1


def test_expired_it_is_gone_and_the_page_says_so(
    inside, resident, ready, clock, settings, django_capture_on_commit_callbacks
):
    made = ready(resident)
    clock.advance(seconds=settings.RETENTION["exports"].total_seconds() + 1)
    page = inside.get(f"{PAGE}export/{made.pk}/")
    assert page.status_code == 410
    assert page["Cache-Control"] == "private, no-store"
    assert path_of(made.file).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.end_exports() == 1
    assert not path_of(made.file).exists()
    assert inside.get(f"{PAGE}export/{made.pk}/").status_code == 410
    assert inside.get(PAGE).status_code == 200


def test_one_deletes_it_before(inside, resident, ready, django_capture_on_commit_callbacks):
    made = ready(resident)
    with django_capture_on_commit_callbacks(execute=True):
        inside.post(f"{PAGE}export/{made.pk}/delete/")
    assert list(all_files()) == []
    assert inside.get(f"{PAGE}export/{made.pk}/").status_code == 410


def test_one_that_nobody_made_is_given_up(resident, clock, inside):
    asked = actions.ask_export(resident)
    clock.advance(days=4)
    assert retention.end_exports() == 1
    asked.refresh_from_db()
    assert asked.ended_at and not asked.ready_at
    assert actions.ask_export(resident)


def test_the_mail_tells_of_what_is_there(resident, ready):
    made, recipient = ready(resident), Recipient.of_user(resident)
    assert context_of("accounts/export_ready", recipient, {"export_id": made.pk})
    actions.end_export(made, by=resident)
    assert context_of("accounts/export_ready", recipient, {"export_id": made.pk}) is None


def test_few_may_be_asked_for_a_day(inside):
    answers = [inside.post(f"{PAGE}export/").status_code for _ in range(6)]
    assert answers[-1] == 429


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_in_both_languages_in_few_queries(inside, language, django_assert_max_num_queries):
    inside.get(language + PAGE)
    # Its addresses are read for mails, bounces, accreditations and press conferences.
    with django_assert_max_num_queries(10):
        page = inside.get(language + PAGE)
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.django_db(transaction=True)
def test_many_requests_at_once_make_one(resident):
    together = Barrier(6)

    def ask(_number: int) -> str:
        try:
            together.wait(10)
            actions.ask_export(resident)
        except Refused as refused:
            return refused.verdict.code
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(ask, range(6)))
    assert sorted(answers) == ["data.export_under_way"] * 5 + ["made"]
    assert Export.objects.filter(user=resident).count() == 1
