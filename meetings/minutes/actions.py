"""Actions on minutes: saving the secretary's texts, publishing an edition, removing names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.models import User
from core.domain import clock, outbox
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import require
from core.web.idempotency import created
from meetings.actions import begin as begin_with
from meetings.actions import enter
from meetings.events import MinutesNamesRemoved, MinutesPublished, MinutesSaved
from meetings.minutes import manifest, queries, rules
from meetings.minutes.content import compose, log_head, title_of
from meetings.minutes.contradictions import contradictions_of
from meetings.minutes.parts import Parts
from meetings.minutes.texts import keys_of
from meetings.models import LogEntry, Meeting, Minutes, MinutesEdition, MinutesPart, MinutesVersion

#: What one person saves within so long is one version: the page saves by itself.
ONE_VERSION = timedelta(minutes=10)


def begin(meeting: Meeting, *, by: User) -> Minutes:
    """The minutes, which are begun if nobody has: their row is what secretaries lock.

    Refuses by rules.write.
    """
    with action():
        require(rules.write(by, meeting))
        texts = queries.first_texts(meeting, by=by)
        return Minutes.objects.get_or_create(meeting=meeting, defaults={"texts": texts})[0]


def save(meeting: Meeting, *, by: User, section: str, texts: Mapping[str, str]) -> Minutes:
    """Save the texts of one section (texts.py), with a version of all.

    What is left out stays; saving what is there already stores nothing. Refuses by rules.write.
    Emits MinutesSaved.
    """
    keys = keys_of(section)
    return _save(meeting, by, {keys[name]: text for name, text in texts.items() if name in keys})


def restore(version: MinutesVersion, *, by: User) -> Minutes:
    """Put an earlier version in place of what is there, which stays as a version itself.

    Refuses by rules.write. Emits MinutesSaved.
    """
    return _save(version.minutes.meeting, by, version.texts, is_whole=True)


def publish(
    meeting: Meeting, *, by: User, reason: str = "", knowing: bool = False
) -> MinutesEdition:
    """Publish the minutes as an edition, the first or another one (``reason``: why).

    ``knowing``: who publishes has read what contradicts itself (contradictions.py).

    A job makes its files. Refuses by rules.publish. Emits MinutesPublished.
    """
    with action(), translation.override(settings.LANGUAGE_CODE):
        meeting, now = begin_with(meeting)
        minutes = queries.minutes_of(meeting, by=by)
        unpublished = queries.unpublished_in(meeting)
        gathered = queries.gather(meeting, minutes)
        require(
            rules.publish(
                by,
                meeting,
                minutes,
                unpublished=unpublished,
                reason=reason,
                contradictions=len(contradictions_of(gathered)),
                knowing=knowing,
            )
        )
        is_again = meeting.minutes_edition is not None
        why = reason.strip() if is_again else ""
        edition, parts = compose_edition(
            meeting, minutes, by=by, at=now, reason=why, gathered=gathered
        )
        edition.sha256 = manifest.digest(edition, parts)
        edition.save()
        MinutesPart.objects.bulk_create(parts, batch_size=1000)
        meeting.minutes_edition = edition.number
        if meeting.minutes_published_at is None:
            meeting.minutes_published_at = now
            enter(meeting, LogEntry.Kind.MINUTES, at=now)
        meeting.save(update_fields=["minutes_edition", "minutes_published_at"])
        remake_files([edition.pk])
        created(edition)
        emit(MinutesPublished(meeting.pk, by.pk))
        return edition


def compose_edition(
    meeting: Meeting,
    minutes: Minutes,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    gathered: queries.Gathered | None = None,
) -> tuple[MinutesEdition, list[MinutesPart]]:
    """The edition that would be published now, with its names and questions; nothing is stored.

    In the active language.
    """
    gathered, parts = gathered or queries.gather(meeting, minutes), Parts()
    sections = compose(gathered, parts)
    edition = MinutesEdition(
        meeting=meeting,
        number=(meeting.minutes_edition or 0) + 1,
        by=by,
        at=at,
        reason=reason,
        title=title_of(gathered),
        content=[*(block for section in sections for block in section.blocks), *log_head(at)],
    )
    for part in parts.rows:
        part.edition = edition
    return edition, parts.rows


def remove_names(user: User) -> None:
    """Take the names of somebody out of published minutes: part of the erasure of their account.

    Emits MinutesNamesRemoved for each edition.
    """
    theirs = MinutesPart.objects.filter(user=user)
    editions = MinutesEdition.objects.filter(parts__user=user).distinct().values("pk")
    rows = MinutesEdition.objects.filter(pk__in=editions).order_by("pk").defer("content")
    for edition in rows.select_for_update(no_key=True):
        edition.removed_names += theirs.filter(edition=edition).update(words="", salt="", user=None)
        edition.names_removed_at = clock.now()
        edition.save(update_fields=["removed_names", "names_removed_at"])
        remake_files([edition.pk])
        emit(MinutesNamesRemoved(edition.meeting_id, None, edition.pk))


def remake_files(edition_ids: Iterable[int]) -> None:
    """Let the files of editions be made anew: they say something that they should not any more,
    so nobody loads them until then, also if the job fails."""
    with action():
        rows = MinutesEdition.objects.filter(pk__in=edition_ids).order_by("pk").defer("content")
        for edition in rows.select_for_update(no_key=True):
            for field in filter(None, (edition.docx, edition.pdf)):
                delete = partial(field.storage.delete, str(field.name))
                transaction.on_commit(delete, robust=True)
            edition.docx, edition.pdf = "", ""
            edition.save(update_fields=["docx", "pdf"])
            outbox.defer("meetings.jobs.make_minutes_files", edition_id=edition.pk)


def _save(
    meeting: Meeting, by: User, texts: Mapping[str, str], *, is_whole: bool = False
) -> Minutes:
    with action():
        minutes = locked(begin(meeting, by=by))
        stored = {key: text.strip() for key, text in texts.items() if text.strip()}
        kept = (
            {} if is_whole else {key: was for key, was in minutes.texts.items() if key not in texts}
        )
        if (new := {**kept, **stored}) != minutes.texts:
            minutes.texts, minutes.changed_at, minutes.changed_by = new, clock.now(), by
            minutes.save(update_fields=["texts", "changed_at", "changed_by"])
            _keep_version(minutes, by)
            emit(MinutesSaved(meeting.pk, by.pk))
        return minutes


def _keep_version(minutes: Minutes, by: User) -> None:
    """The saved texts as a version: the person's newest one, if it is of a moment ago."""
    newest = minutes.versions.first()
    if newest and newest.by_id == by.pk and clock.now() - newest.at < ONE_VERSION:
        newest.texts = minutes.texts
        newest.save(update_fields=["texts"])
        return
    number = newest.number + 1 if newest else 1
    MinutesVersion.objects.create(
        minutes=minutes, number=number, texts=minutes.texts, by=by, at=clock.now()
    )
