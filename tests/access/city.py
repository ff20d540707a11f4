"""A small city with something of everything that a route may lead to: shown, hidden, prepared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.db import connection

from accounts.models import StaffNote, User
from accounts.notes.actions import write_note
from city.models import Department
from consultations.desk.matters import matter_of
from consultations.dispositions.models import SavedText
from consultations.models import BulkChange, Consultation, Remark, SheetImport, State
from consultations.papers import actions as paper_actions
from consultations.premoderation import actions as premoderation
from consultations.register import actions as register_actions
from consultations.remarks import actions
from consultations.reports import actions as reports
from core.domain import clock, heartbeat
from discussions import actions as discussion
from discussions.models import Comment
from drafts.clauses import actions as drafts
from drafts.models import Clause
from drafts.versions import actions as draft_versions
from moderation.contests import actions as contests
from moderation.lists import actions as lists_actions
from moderation.models import Contest, SavedReason, WatchedWord
from petitions.models import Petition
from petitions.models import State as PetitionState
from tests import factories
from tests.access import (
    appeals_desk,
    appeals_filing,
    decisions,
    defence,
    dispositions,
    documents,
    meetings,
    newsroom,
    pictures,
    polls,
    press,
    published,
    registers,
    services,
    signing,
    talk,
)
from tests.access import petitions as cases
from tests.petitions import factories as of_petitions
from votes.models import PaperBallot, Poll


@dataclass
class City:
    """Consultations by their state, and what is said in the open one."""

    people: Mapping[str, User]
    by_state: dict[str, Consultation]
    clause: Clause
    preview: Clause
    revision: int
    shown: Remark
    hidden: Remark
    deleted: Remark
    reply: Comment
    hidden_reply: Comment
    #: Bohdan's, of the hidden reply.
    contest: Contest
    word: WatchedWord
    saved_reason: SavedReason
    file_pk: int
    prepared_file_pk: int
    link_pk: int
    entered: Remark
    sheet_import: int
    bulk_change: int
    registers: registers.Registers
    #: Olena's, one in each state.
    petitions: dict[str, Petition]
    decisions: decisions.Decisions
    cases: cases.Cases
    defence: defence.Defence
    said: talk.Said
    signers: signing.Signers
    polls: dict[str, Poll]
    sheet: PaperBallot
    saved_text: SavedText
    desk_appeals: appeals_desk.DeskAppeals
    published: published.Published
    meetings: meetings.Meetings
    news: newsroom.News
    services: services.Services
    documents: documents.Documents
    own_appeals: appeals_filing.OwnAppeals
    press: press.Press
    pictures: pictures.Pictures
    staff_note: StaffNote

    @property
    def opened(self) -> Consultation:
        return self.by_state[State.OPEN]

    @property
    def newest_reply(self) -> int:
        """The council's own, to what is shown."""
        return self.shown.comment.answers.filter(is_official=True).latest("pk").pk

    @property
    def preparing(self) -> Consultation:
        return self.by_state[State.PREPARING]


def build(people: Mapping[str, User], department: Department) -> City:
    """Everything once; ``people``: olena, bohdan, firm, mo and ofi, an officer of ``department``.

    MEDIA_ROOT and PRIVATE_ROOT must be the test's own.
    """
    olena, bohdan, mo, ofi = (people[name] for name in ("olena", "bohdan", "mo", "ofi"))
    by_state = {
        state: factories.consultation(department, state, title=f"Назва {state}")
        for state in State.values
    }
    opened = by_state[State.OPEN]
    clause = Clause.objects.get(version__draft=opened.draft, number="2.1")
    next_text = factories.DRAFT.replace("до 23:00", "до півночі")
    preview = draft_versions.import_version(
        opened.draft, next_text.encode(), name="draft.txt", by=ofi
    )
    first = preview.outline()[0]
    drafts.retype_all([first], first.kind, by=ofi)
    shown = actions.remark(opened, by=olena, text="видиме слово", clause_id=clause.pk)
    hidden = actions.remark(opened, by=olena, text="барвінок", clause_id=clause.pk)
    deleted = actions.remark(opened, by=olena, text="чорногуз")
    reply = actions.reply(shown, by=bohdan, text="видима відповідь")
    hidden_reply = actions.reply(shown, by=bohdan, text="дикобраз")
    actions.answer(shown, by=ofi, text="офіційна відповідь")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="таємна примітка")
    discussion.hide(hidden_reply, by=mo, reason="spam", note="Порушує правила")
    actions.delete_remark(deleted, by=olena)
    contest = contests.make(hidden_reply, by=bohdan, words="тхір")
    lists_actions.add_words(["чорногуз"], by=mo)
    saved_reason = lists_actions.save_reason(by=mo, rule="spam", note="Без реклами")
    until = clock.now() + timedelta(hours=1)
    premoderation.begin(opened, by=mo, until=until, reason="навала")
    actions.remark(opened, by=olena, text="мурахоїд")
    actions.reply(shown, by=olena, text="мурахоїд")
    premoderation.end(opened, by=mo)
    pdf = b"%PDF-1.7 x"
    file = paper_actions.attach(opened, by=ofi, title="Записка", file=BytesIO(pdf))
    prepared = by_state[State.PREPARING]
    prepared_file = paper_actions.attach(prepared, by=ofi, title="Чернетка", file=BytesIO(pdf))
    factories.publish_report(by_state[State.REPORTED], by=ofi, reason="редакція")
    reports.save(opened, by=ofi, texts={"summary": "стислий зміст"})
    link = paper_actions.add_link(opened, by=ofi, title="Рада", url="https://rada.example/")
    entered = register_actions.enter(
        opened,
        by=ofi,
        source="letter",
        received_on=opened.opens_on,
        author_name="Марія Гнатюк",
        text="слово з листа",
        contact="таємна адреса",
        scan=BytesIO(pdf),
    )
    petitions = {
        state: of_petitions.petition(olena, state, department=department)
        for state in PetitionState.values
    }
    asked = polls.build(people, department)
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")  # jobs are done
        heartbeat.write_heartbeat()  # and written, as long as a walk takes
        cursor.execute("UPDATE core_heartbeat SET at = at + interval '1 day'")
    return City(
        people=people,
        registers=registers.build(people, department),
        staff_note=write_note(matter_of(opened), by=ofi, words="дятел"),
        by_state=by_state,
        clause=clause,
        preview=preview.clauses.get(number="2.1"),
        revision=preview.revisions.get().pk,
        shown=shown,
        hidden=hidden,
        deleted=deleted,
        reply=reply,
        hidden_reply=hidden_reply,
        contest=contest,
        word=WatchedWord.objects.get(),
        saved_reason=saved_reason,
        file_pk=file.pk,
        prepared_file_pk=prepared_file.pk,
        link_pk=link.pk,
        entered=entered,
        bulk_change=BulkChange.objects.create(
            consultation=opened, kind=BulkChange.Kind.SETTLE, by=ofi, number=1
        ).pk,
        sheet_import=SheetImport.objects.create(
            consultation=opened, by=ofi, rows=[[2, 1, "accepted", "", "", ""]], errors=[]
        ).pk,
        petitions=petitions,
        decisions=decisions.build(people, department),
        cases=cases.build(petitions, ofi),
        defence=defence.build(petitions, people),
        said=talk.build(petitions[PetitionState.COLLECTING], people),
        signers=signing.build(petitions),
        polls=asked,
        sheet=polls.typed(asked, people),
        saved_text=dispositions.build(department, ofi),
        desk_appeals=appeals_desk.build(people, department),
        published=published.build(people, department),
        meetings=meetings.build(people, department),
        news=newsroom.build(people),
        services=services.build(people, department),
        documents=documents.build(people, department),
        own_appeals=appeals_filing.build(people),
        press=press.build(people),
        pictures=pictures.build(people, {"open": opened, "draft": prepared}, petitions),
    )
