"""Compose what minutes say: sections of blocks of a document, as JSON.

In the state's language, whatever the secretary's page speaks (law 2704-VIII art. 13). A block is a
dict with one of the keys ``heading``, ``paragraph``, ``list``, ``table``; its words are a string,
or pieces: strings, ``["strong", words]``, and places of names and questions (parts.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.audit_log.chaining import find_head
from core.domain.council import council
from meetings import presenters
from meetings.documents.queries import Documents
from meetings.log.replay import words_of_entry
from meetings.minutes import special
from meetings.minutes.parts import Parts
from meetings.minutes.queries import ConsideredItem, Gathered, Span
from meetings.minutes.texts import CLOSING, HEAD, section_of
from meetings.models import Item, LogEntry, Question, Speaker, Vote
from meetings.queries import ShownRollCall
from meetings.rollcalls import presenters as roll_call_presenters
from meetings.rollcalls.majority import has_quorum

type Block = dict[str, Any]
_Choice = Vote.Choice


@dataclass(frozen=True, slots=True)
class Section:
    """A section of minutes: its name (texts.py), what is drawn from the log and written."""

    name: str
    title: str
    blocks: Sequence[Block]


def title_of(gathered: Gathered) -> str:
    """«ПРОТОКОЛ № 12: …»."""
    facts = {"number": gathered.texts.get("number", "").strip(), "title": gathered.meeting.title}
    if facts["number"]:
        return _("MINUTES No. %(number)s: %(title)s") % facts
    return _("MINUTES: %(title)s") % facts


def compose(gathered: Gathered, parts: Parts) -> list[Section]:
    """The sections in the active language; names and questions go to ``parts``."""
    return [
        Section(HEAD, _("Head of the minutes"), list(_head(gathered))),
        *(
            Section(
                section_of(each.item.pk),
                f"{each.item.order}. {each.item.title}",
                list(_item(gathered, each, parts)),
            )
            for each in gathered.considered
        ),
        Section(CLOSING, _("End of the meeting"), list(_closing(gathered, parts))),
    ]


def log_head(at: datetime) -> Iterator[Block]:
    """The head of the audit log when the minutes are made, which whoever keeps them keeps, too
    (docs/adr/0095); nothing where there is none yet."""
    head = find_head()
    if head.number:
        made_at = date_format(localtime(at), "j E Y, H:i")
        facts = {"at": made_at, "head": f"{head.number}:{head.hash}"}
        yield _paragraph(_("Head of the audit log as of %(at)s: %(head)s") % facts)


def _head(gathered: Gathered) -> Iterator[Block]:
    meeting, texts = gathered.meeting, gathered.texts
    names = dict.fromkeys([council().council, meeting.body.name if meeting.body else ""])
    who = ". ".join(filter(None, [*names, capfirst(meeting.get_kind_display())]))
    yield _paragraph(f"{who}.")
    opened_at = meeting.opened_at or meeting.begins_at
    yield _paragraph(f"{date_format(localtime(opened_at), 'j E Y')}. {meeting.place}")
    yield _paragraph(_strong(_("Opened at:")), f" {_time(opened_at)}")
    if meeting.closed_at:
        yield _paragraph(_strong(_("Closed at:")), f" {_moment(meeting.closed_at, opened_at)}")
    for label, name in ((_("Presided:"), "chair"), (_("Minutes kept by:"), "keeper")):
        if texts.get(name, "").strip():
            yield _paragraph(_strong(label), f" {texts[name].strip()}")
    yield from _texts(texts.get("opening", ""))
    yield from _present(gathered)
    if titles := _documents(gathered.documents, None):
        yield _paragraph(_strong(_("Documents:")), f" {'; '.join(titles)}")
    yield _heading(_("AGENDA"))
    yield {"list": [_agenda_line(item) for item in gathered.agenda], "ordered": True}


def _present(gathered: Gathered) -> Iterator[Block]:
    guests = gathered.texts.get("guests", "")
    if not gathered.membership and not guests.strip():
        return
    yield _heading(_("PRESENT"))
    if gathered.membership:
        facts = {
            "present": len(gathered.presences),
            "peak": gathered.peak,
            "membership": gathered.membership,
            "quorum": gathered.membership // 2 + 1,
        }
        yield _paragraph(
            _(
                "Members present: %(present)d of the total membership of %(membership)d; at most "
                "%(peak)d at once. Quorum: %(quorum)d."
            )
            % facts,
            " ",
            _("There is a quorum.")
            if has_quorum(membership=gathered.membership, present=gathered.peak)
            else _("There is no quorum."),
        )
        if gathered.presences:
            yield _table(
                _("Members present"),
                [(capfirst(_("full name")), 4), (_("Faction"), 3), (_("Came – left"), 3)],
                [
                    [deputy.name, deputy.faction.name if deputy.faction else "–", _spans(spans)]
                    for deputy, spans in gathered.presences.items()
                ],
            )
        for deputy, ground in gathered.by_video.items():
            yield _paragraph(
                _("%(name)s took part by videoconference (%(act)s).")
                % {"name": deputy.name, "act": ground}
            )
        if gathered.absent:
            names = ", ".join(deputy.name for deputy in gathered.absent)
            yield _paragraph(_strong(_("Absent:")), f" {names}.")
    if guests.strip():
        yield _paragraph(_strong(_("Invited, and others present:")))
        yield from _texts(guests)


def _item(gathered: Gathered, each: ConsideredItem, parts: Parts) -> Iterator[Block]:
    item, texts = each.item, gathered.texts
    yield _heading(f"{item.order}. {item.title}")
    yield _paragraph(_strong(_("Considered:")), f" {_spans(each.spans)}")
    yield _paragraph(_strong(_("HEARD:")), f" {item.presenter or item.title}")
    yield from special.before_votes(gathered.special, item)
    yield from _texts(texts.get(f"said-{item.pk}", ""))
    if about := [*_about(item), *_documents(gathered.documents, item.pk)]:
        yield _paragraph(_strong(_("Documents:")), f" {'; '.join(about)}")
    if each.speakers:
        yield _paragraph(_strong(_("SPOKE:")))
        yield {"list": [_speech(speaker, parts) for speaker in each.speakers]}
    yield from _question_blocks(each.questions, parts)
    yield from _entries(each.entries)
    for shown in each.roll_calls:
        yield from _vote(shown)
    yield from special.after_votes(gathered.special, item)
    decided = texts.get(f"decided-{item.pk}", "")
    if item.state == Item.State.DROPPED:
        yield _paragraph(_strong(_("DECIDED:")), " ", _("Taken off the agenda."))
    elif decided.strip() or each.decided_by:
        yield _paragraph(_strong(_("DECIDED:")), verdict_of(each))
    yield from _texts(decided)


def verdict_of(each: ConsideredItem) -> str:
    """Verdict of the vote that decided an item, with its question; "" where none did."""
    if each.decided_by is None:
        return ""
    question = each.decided_by.roll_call.question.rstrip(".")
    return f" «{question}». {_roll_call_as_shown(each.decided_by).verdict}."


def _closing(gathered: Gathered, parts: Parts) -> Iterator[Block]:
    yield from _question_blocks(gathered.questions, parts)
    yield from _entries(gathered.entries)
    yield from _texts(gathered.texts.get("closing", ""))
    meeting = gathered.meeting
    if meeting.closed_at:
        at = _moment(meeting.closed_at, meeting.opened_at or meeting.closed_at)
        yield _paragraph(_("The meeting was closed at %(time)s.") % {"time": at})
    for label, name in ((_("Presided:"), "chair"), (_("Minutes kept by:"), "keeper")):
        if gathered.texts.get(name, "").strip():
            yield _paragraph(f"{label} ____________ {gathered.texts[name].strip()}")


def _agenda_line(item: Item) -> list[Any]:
    words = item.title
    if item.presenter:
        words += ". " + _("Rapporteur: %(name)s") % {"name": item.presenter}
    if item.state == Item.State.DROPPED:
        words += f" ({item.get_state_display()})"
    return [words]


def _about(item: Item) -> list[str]:
    """Subject of the item, and its URL."""
    shown = presenters.ShownItem.of(item)
    return [f"{shown.kind} «{shown.title}», {settings.SITE_URL}{shown.url}"] if shown.url else []


def _documents(documents: Documents, item: int | None) -> list[str]:
    """The titles of the documents of an item, or of the whole meeting (None), that were not
    removed."""
    shown = [each.document for each in documents.get(item, ())]
    return [f"«{document.title}»" for document in shown if document.removed_at is None]


def _speech(speaker: Speaker, parts: Parts) -> list[Any]:
    began_at = speaker.began_at or speaker.asked_at
    pieces = [f"{_spans([Span(began_at, speaker.ended_at)])}: ", parts.speaker(speaker)]
    if speaker.deputy is not None and speaker.deputy.faction is not None:
        pieces.append(f", {speaker.deputy.faction.name}")
    if speaker.stance:
        pieces.append(f" – {Speaker.Stance(speaker.stance).label}")
    return pieces


def _question_blocks(questions: Iterable[Question], parts: Parts) -> Iterator[Block]:
    listed = [_question(question, parts) for question in questions]
    if listed:
        yield _paragraph(_strong(_("QUESTIONS:")))
        yield {"list": listed}


def _question(question: Question, parts: Parts) -> list[Any]:
    pieces = [parts.author(question), ": ", parts.question(question)]
    if question.answer:
        pieces += [" ", _strong(_("Answer:")), f" {question.answer}"]
    elif question.state == Question.State.LATER:
        pieces.append(" " + _("It will be answered in writing."))
    elif question.state == Question.State.ANSWERED:
        pieces.append(" " + _("It was answered aloud."))
    return pieces


def _entries(entries: Iterable[LogEntry]) -> Iterator[Block]:
    listed = [
        f"{_time(entry.at)}: {LogEntry.Kind(entry.kind).label}" + (f": {words}" if words else "")
        for entry in entries
        for words in [words_of_entry(entry, {})]
    ]
    if listed:
        yield {"list": listed}


def _vote(shown: ShownRollCall) -> Iterator[Block]:
    """A roll-call in figures and by name."""
    roll_call = shown.roll_call
    told = _roll_call_as_shown(shown)
    yield _paragraph(_strong(_("VOTED:")), f" {roll_call.question}")
    span = Span(roll_call.opened_at, roll_call.closed_at)
    yield _paragraph(
        f"{_spans([span])}. {told.arithmetic} {told.verdict}.",
    )
    yield from _beside(shown)
    names: dict[str, list[str]] = {choice: [] for choice in _Choice.values}
    for vote in shown.votes:
        names[vote.choice].append(vote.deputy.name)
    yield _table(
        _("By name: %(question)s") % {"question": roll_call.question},
        [(pgettext("a vote", "How"), 2), (pgettext("noun", "Votes"), 1), (_("Who"), 9)],
        [
            [str(label), str(number), ", ".join(names[choice]) or "–"]
            for choice, label, _sign, number in told.figures
        ],
    )


def _beside(shown: ShownRollCall) -> Iterator[Block]:
    """Notes on a vote: annulled, or opened without a quorum; who entered the votes, and who voted
    by videoconference.
    """
    roll_call, annulled = shown.roll_call, shown.roll_call.annulled
    if annulled is not None:
        at = _moment(annulled.at, roll_call.opened_at)
        said = f" {at}. {annulled.reason.rstrip('.')}."
        if annulled.repeated_by_id:
            said += " " + _("The vote was repeated.")
        yield _paragraph(_strong(pgettext("vote", "Annulled:")), said)
    if roll_call.no_quorum_reason:
        yield _paragraph(_strong(_("Opened without a quorum:")), f" {roll_call.no_quorum_reason}")
    by: dict[str, list[str]] = {}
    video: dict[str, list[str]] = {}
    for vote in shown.votes:
        if vote.entered != Vote.Entered.CLOSE:
            by.setdefault(vote.entered, []).append(vote.deputy.name)
        if vote.video_ground is not None:
            video.setdefault(str(vote.video_ground), []).append(vote.deputy.name)
    if by:
        # Who entered the most votes is said in figures, the others by name.
        most = max(by, key=lambda entered: len(by[entered]))
        said = "; ".join(
            f"{Vote.Entered(entered).label} – {len(names)}"
            + ("" if entered == most else f" ({', '.join(names)})")
            for entered, names in sorted(by.items(), key=lambda pair: -len(pair[1]))
        )
        yield _paragraph(_strong(_("Votes were entered by:")), f" {said}.")
    for act, names in video.items():
        facts = {"act": act, "names": ", ".join(names)}
        yield _paragraph(_("By videoconference (%(act)s): %(names)s.") % facts)


def _roll_call_as_shown(shown: ShownRollCall) -> roll_call_presenters.ShownRollCall:
    """The same as pages tell it."""
    return roll_call_presenters.ShownRollCall(shown.roll_call, 0, shown.result)


# --- Pieces ---------------------------------------------------------------------------------------


def _spans(spans: Iterable[Span]) -> str:
    return ", ".join(
        f"{_time(span.since)} – {_time(span.until) if span.until else ''}".strip() for span in spans
    )


def _time(moment: datetime) -> str:
    return date_format(localtime(moment), "H:i:s")


def _moment(moment: datetime, beside: datetime) -> str:
    """The time, with its day if that is another one than that of ``beside``."""
    is_same = localtime(moment).date() == localtime(beside).date()
    return _time(moment) if is_same else date_format(localtime(moment), "j E Y, H:i:s")


def _heading(text: str, level: int = 1) -> Block:
    return {"heading": text, "level": level}


def _strong(text: str) -> list[str]:
    return ["strong", text]


def _paragraph(*pieces: Any) -> Block:
    return {"paragraph": list(pieces)}


def _texts(text: str) -> Iterator[Block]:
    """A text of the secretary's: an empty line parts paragraphs."""
    for part in text.replace("\r\n", "\n").split("\n\n"):
        if part.strip():
            yield _paragraph(part.strip())


def _table(caption: str, columns: Sequence[tuple[str, int]], rows: Sequence[list[str]]) -> Block:
    return {"table": caption, "columns": [list(each) for each in columns], "rows": list(rows)}
