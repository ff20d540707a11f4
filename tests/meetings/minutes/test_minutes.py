"""Minutes: drawn from the log, written on by two, published, verified after an erasure."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import docx
import pytest
from lxml import html
from pypdf import PdfReader

from accounts.data.actions import erase
from city.calendar import work_calendar
from core.domain import clock
from core.web.pages import forget_pages
from meetings.course import actions as course_actions
from meetings.hall import actions as hall
from meetings.minutes import actions, files, manifest, queries
from meetings.models import LogEntry, Meeting, MeetingDocument, MinutesEdition, MinutesPart, State
from meetings.presence import actions as presence_actions
from meetings.questions import actions as questions_actions
from meetings.rollcalls import actions as rollcalls_actions
from meetings.speakers import actions as speakers_actions
from meetings.terms import due_items
from tests.access.editing import drawn_form
from tests.core.audit.days import past_head
from tests.meetings import factories
from tests.meetings.factories import refused
from tests.meetings.test_invariants import violated

pytestmark = pytest.mark.django_db


def held(asker) -> Meeting:
    """A session that is over: one came and left, a resident and a deputy spoke, a question was
    answered, and a decision was adopted."""
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, items=2)
    assert meeting.body is not None
    deputies = factories.deputies(meeting.body)
    for deputy in deputies[:4]:
        presence_actions.come(meeting, deputy, by=by)
    item = factories.on_item(meeting)
    hand = speakers_actions.ask_to_speak(item, by=asker, stance="against")
    for speaker in (hand, factories.speaker(item, name="", deputy=deputies[1], stance="for")):
        speakers_actions.end_speech(
            speakers_actions.begin_speech(speaker, by=by, seen_speaker=None), by=by
        )
    question = factories.question(meeting, asker, state="shown", text="Коли полагодять міст?")
    questions_actions.answer(question, by=by, text="До грудня.")
    unanswered = factories.question(meeting, asker, state="shown", text="А тротуар?")
    questions_actions.put_live(unanswered, by=by, seen_live=None)
    show = factories.show_of_hands(meeting, question="Чи чути?")
    hall.close_show(show, by=by)
    presence_actions.leave(meeting, deputies[3], by=by)
    roll_call = factories.roll_call(meeting, question="Прийняти в цілому")
    for deputy in deputies[:3]:
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    rollcalls_actions.close_roll_call(roll_call, by=by)
    meeting.refresh_from_db()
    return course_actions.close_meeting(meeting, by=by, seen_item=meeting.current_item_id)


def publish_results(meeting: Meeting) -> None:
    for shown in queries.roll_calls_of(meeting, published=False):
        rollcalls_actions.publish_roll_call(shown, by=factories.secretary())


def words(answer) -> str:
    main = html.fromstring(answer.content).xpath("//main")[0]
    return " ".join(main.text_content().split())


@pytest.fixture
def desk(client):
    client.force_login(factories.secretary())
    return client


def url(meeting: Meeting, step: str = "") -> str:
    return f"/desk/meetings/{meeting.pk}/minutes/{step}"


def test_the_draft_says_what_the_log_says(desk, olena):
    meeting = held(olena)
    MeetingDocument.objects.create(
        meeting=meeting,
        item=meeting.items.get(order=1),
        title="Записка",
        file="1.pdf",
        media_type="application/pdf",
        size=1,
    )
    said = words(desk.get(url(meeting)))
    for each in (
        "Документи: «Записка»",
        "Опитування підняттям рук",
        "Чи чути?",
        "ПРОТОКОЛ: Сесія міської ради",
        "Головує: Бондар Олег Іванович",
        "ПРИСУТНІ",
        "4 із загального складу 5",
        "Відсутні: Журба Тарас Андрійович.",
        "ПОРЯДОК ДЕННИЙ",
        "СЛУХАЛИ:",
        "ВИСТУПИЛИ:",
        f"{olena.public_name} – проти",
        "Ващенко Ірина Петрівна, Рідне місто – за",
        "Коли полагодять міст? Відповідь: До грудня.",
        "ГОЛОСУВАЛИ: Прийняти в цілому",
        "Рішення прийнято",
        "ВИРІШИЛИ:",
    ):
        assert each in said, each
    # The second item was never considered: it stands in the agenda alone.
    assert said.count("Питання 2") == 1


def test_texts_are_written_between_and_of_two_the_second_sees_both(desk, olena):
    meeting = held(olena)
    item = meeting.items.get(order=1)
    address = url(meeting, f"item-{item.pk}/")
    sent = {name: values[-1] for name, values in drawn_form(desk.get(address), "").items()}
    answer = desk.post(address, {**sent, "said": "Про стан моста.", "decided": "Виділити кошти."})
    assert answer.status_code == 302
    assert "Про стан моста." in words(desk.get(url(meeting)))
    second = desk.post(address, {**sent, "said": "Інше."})
    assert second.status_code == 409
    assert "Про стан моста." in second.text
    # Another section is nobody's conflict.
    head = url(meeting, "head/")
    sent = {name: values[-1] for name, values in drawn_form(desk.get(head), "").items()}
    assert desk.post(head, {**sent, "number": "12"}).status_code == 302
    assert "ПРОТОКОЛ № 12:" in words(desk.get(url(meeting)))
    assert desk.get(url(meeting, "item-999999/")).status_code == 404
    assert desk.get(url(meeting, "other/")).status_code == 404


def test_what_another_saves_is_a_version_of_their_own(desk, client, olena):
    meeting = held(olena)
    address = url(meeting, f"item-{meeting.items.get(order=1).pk}/")
    others = [factories.secretary(), factories.secretary("second")]
    for person, said in zip([*others, others[1]], ("Перше.", "Друге.", "Третє."), strict=True):
        client.force_login(person)
        sent = {name: values[-1] for name, values in drawn_form(client.get(address), "").items()}
        assert client.post(address, {**sent, "said": said}).status_code == 302
    versions = meeting.minutes.versions.all()
    assert [each.by for each in versions] == others[::-1]
    assert ["Перше." in str(each.texts) for each in versions] == [False, True]


def test_a_version_is_put_back(desk, olena, clock):
    meeting = held(olena)
    by = factories.secretary()
    actions.save(meeting, by=by, section="closing", texts={"closing": "Перше."})
    clock.advance(hours=1)
    minutes = actions.save(meeting, by=by, section="closing", texts={"closing": "Друге."})
    second, first = minutes.versions.all()
    assert (first.texts["closing"], second.texts["closing"]) == ("Перше.", "Друге.")
    desk.post(url(meeting, f"versions/{first.pk}/restore/"))
    minutes.refresh_from_db()
    assert minutes.texts["closing"] == "Перше."
    assert minutes.texts["chair"]


def test_published_when_everything_is_there_and_once_more_with_a_reason(desk, olena):
    meeting = held(olena)
    by = factories.secretary()
    with refused("minutes.results_missing"):
        actions.publish(meeting, by=by)
    publish_results(meeting)
    actions.save(meeting, by=by, section="head", texts={"chair": ""})
    with refused("minutes.chair_missing"):
        actions.publish(meeting, by=by)
    actions.save(meeting, by=by, section="head", texts={"chair": "Бондар О. І."})
    with refused("minutes.contradictions"):
        actions.publish(meeting, by=by)
    assert desk.post(url(meeting, "decisions/")).status_code == 302
    assert desk.post(url(meeting, "publish/")).status_code == 302
    meeting.refresh_from_db()
    assert meeting.minutes_edition == 1
    (due,) = (
        each
        for each in due_items(meeting, items=[], roll_calls=[], calendar=work_calendar())
        if each.code == "minutes"
    )
    assert due.done_on
    assert desk.post(url(meeting, "publish/"), {"reason": " "}).status_code == 422
    desk.post(url(meeting, "publish/"), {"reason": "Описка в назві"})
    kinds = [entry.kind for entry in meeting.log.all()]
    assert kinds.count(LogEntry.Kind.MINUTES) == 1
    forget_pages()
    newest = words(desk.get(f"/meetings/{meeting.pk}/minutes/"))
    assert "Описка в назві" in newest
    first = words(desk.get(f"/meetings/{meeting.pk}/minutes/?edition=1"))
    assert "новіше видання" in first
    assert desk.get(f"/meetings/{meeting.pk}/minutes/?edition=3").status_code == 404
    assert f"/meetings/{meeting.pk}/minutes/" in desk.get(f"/meetings/{meeting.pk}/").text


def published(asker) -> MinutesEdition:
    meeting = held(asker)
    publish_results(meeting)
    return actions.publish(meeting, by=factories.secretary(), knowing=True)


def public(client, edition: MinutesEdition) -> str:
    forget_pages()
    return words(client.get(f"/meetings/{edition.meeting_id}/minutes/"))


def test_a_name_goes_with_its_account_and_the_edition_still_verifies(client, olena):
    edition = published(olena)
    name = olena.public_name
    assert name in public(client, edition)
    assert edition.sha256 in public(client, edition)
    assert name not in str(edition.content)
    erase(olena, by=olena)
    shown = public(client, edition)
    assert name not in shown
    assert "(ім’я вилучено)" in shown
    assert "Коли полагодять міст?" in shown
    edition.refresh_from_db()
    # Their speech and their question stand under one name.
    assert edition.removed_names == 1
    assert not MinutesPart.objects.filter(words=name).exists()
    assert manifest.verify(edition) == []
    told = client.get(f"/meetings/{edition.meeting_id}/minutes/manifest.txt").content
    assert sha256(told).hexdigest() == edition.sha256


def test_minutes_hold_the_head_of_the_audit_log_and_prove_it(client, olena):
    meeting = held(olena)
    publish_results(meeting)
    head = past_head(0)
    edition = actions.publish(meeting, by=factories.secretary(), knowing=True)
    past_head(0)
    assert "Підсумок журналу дій станом на" in public(client, edition)
    assert f"{head.number}:{head.hash}" in public(client, edition)
    assert manifest.verify(edition) == []
    edition.content = [*edition.content[:-1], {"paragraph": ["Підсумок журналу дій: інший"]}]
    assert manifest.verify(edition) == ["manifest"]


def test_a_question_that_is_hidden_later_is_not_told(client, olena):
    edition = published(olena)
    part = edition.parts.get(words="А тротуар?")
    assert part.question is not None
    questions_actions.hide(part.question, by=factories.secretary(), reason="Персональні дані")
    shown = public(client, edition)
    assert "А тротуар?" not in shown
    assert "Це запитання більше не показують." in shown
    assert manifest.verify(edition) == []
    questions_actions.show(part.question, by=factories.secretary())
    assert "А тротуар?" in public(client, edition)


def test_postgresql_keeps_what_was_published(olena):
    edition = published(olena)
    part = edition.parts.get(user=olena)
    for name, change in (
        ("minutes_frozen", lambda: MinutesEdition.objects.update(content=[])),
        ("minutes_frozen", lambda: MinutesEdition.objects.update(sha256="0" * 64)),
        ("minutes_part_frozen", lambda: edition.parts.update(words="Хтось інший")),
        ("minutes_part_frozen", lambda: part.delete()),
    ):
        with violated(name):
            change()
    assert manifest.verify(edition) == []


@pytest.mark.cpu(6)
def test_files_say_what_the_page_says(client, olena, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    edition = published(olena)
    address = f"/meetings/{edition.meeting_id}/minutes"
    assert client.get(f"{address}.pdf").status_code == 404
    files.make_files(edition.pk)
    made = {
        kind: BytesIO(b"".join(client.get(f"{address}.{kind}").streaming_content))
        for kind in ("pdf", "docx")
    }
    printed = PdfReader(made["pdf"])
    assert printed.root_object["/Lang"] == "uk"
    assert printed.root_object["/MarkInfo"]["/Marked"]
    said = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    written = " ".join(each.text for each in docx.Document(made["docx"]).paragraphs)
    for each in ("ВИСТУПИЛИ:", olena.public_name, "Прийняти в цілому", "ВИРІШИЛИ:"):
        assert each in said
        assert each in written
    erase(olena, by=olena)
    assert client.get(f"{address}.pdf").status_code == 404


def test_an_item_taken_up_again_and_one_dropped(olena):
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, kind="hearing")
    first = factories.on_item(meeting, 1)
    factories.on_item(meeting, 2)
    factories.on_item(meeting, 1)
    LogEntry.objects.create(meeting=meeting, kind="hands", at=clock.now(), words="За: 5")
    drawn = queries.gather(meeting, queries.minutes_of(meeting, by=by))
    assert [each.item.order for each in drawn.considered] == [1, 2]
    assert len(drawn.considered[0].spans) == 2
    assert drawn.considered[0].spans[1].until is None
    assert drawn.considered[0].item == first
    # What a later feature writes into the log is told by its own words.
    assert [entry.words for entry in drawn.considered[0].entries] == ["За: 5"]


def test_who_may_and_when(desk, olena, client):
    meeting = factories.meeting(State.ANNOUNCED)
    assert desk.get(url(meeting)).status_code == 403
    with refused("meeting.not_opened"):
        actions.save(meeting, by=factories.secretary(), section="head", texts={"number": "1"})
    running = factories.meeting(State.RUNNING)
    with refused("meeting.runners_only"):
        actions.save(running, by=olena, section="head", texts={"number": "1"})
    with refused("meeting.not_closed"):
        actions.publish(running, by=factories.secretary(), knowing=True)
    assert "Засідання триває" in words(desk.get(url(running)))
    assert client.get(f"/meetings/{running.pk}/minutes/").status_code == 404


def test_queries_do_not_grow(desk, client, olena, django_assert_max_num_queries):
    meeting = held(olena)
    desk.get(url(meeting))
    with django_assert_max_num_queries(21):
        desk.get(url(meeting))
    publish_results(meeting)
    actions.publish(meeting, by=factories.secretary(), knowing=True)
    client.logout()
    forget_pages()
    # The counters, the meeting, the edition, its names and questions, the list of editions.
    with django_assert_max_num_queries(6):
        client.get(f"/meetings/{meeting.pk}/minutes/")
