"""Handlers of events in the discussions that consultations own."""

from __future__ import annotations

from typing import Any

from accounts.data.events import UserErased
from accounts.events import PublicNameChanged
from accounts.identity.events import AccountsMerged
from city.events import MartialLawChanged
from consultations.carrying import actions as carrying
from consultations.costs.models import Cost
from consultations.dispositions.events import PublicReasonChecked, PublicReasonTakenBack
from consultations.events import (
    RemarkChanged,
    RemarkDeleted,
    RemarkHidden,
    RemarkRestored,
    UrgentActPublished,
    VersionPublished,
)
from consultations.models import Consultation, Edition, EditionRow, Remark, topic_of
from consultations.remarks.counts import count
from consultations.repeats import actions as repeats
from consultations.reports import actions as reports
from consultations.reports.recounting import recount_report_days
from consultations.waiting import actions as waiting
from core.domain import outbox
from core.domain.calendar import WorkCalendar
from core.domain.events import emit, within
from core.domain.topics import raise_topic
from discussions.events import (
    CommentDeleted,
    CommentEdited,
    CommentHidden,
    CommentRestored,
    HeldCommentDeleted,
    HeldCommentHidden,
    NameTakenOff,
)
from organisations.events import (
    ClaimJoined,
    OrganisationChanged,
    OrganisationClosed,
    OrganisationConfirmed,
)

_REMARK = {
    CommentEdited: RemarkChanged,
    CommentDeleted: RemarkDeleted,
    CommentHidden: RemarkHidden,
    HeldCommentDeleted: RemarkDeleted,
    HeldCommentHidden: RemarkHidden,
    CommentRestored: RemarkRestored,
    NameTakenOff: RemarkChanged,
}
_COUNTS = {CommentDeleted: -1, CommentHidden: -1, CommentRestored: +1}


@within(*_REMARK)
def comment_changed(
    event: CommentEdited
    | CommentDeleted
    | HeldCommentDeleted
    | CommentHidden
    | HeldCommentHidden
    | CommentRestored
    | NameTakenOff,
) -> None:
    """Keep the counts equal to the rows, and say which remark of which consultation changed."""
    remark = Remark.objects.filter(pk=event.parent_id or event.comment_id).first()
    if remark is None:
        return
    if event.parent_id is not None:
        emit(RemarkChanged(remark.pk, remark.consultation_id, event.by_id))
        return
    if isinstance(event, CommentHidden | CommentDeleted):
        repeats.replace_head(remark.pk, remark.consultation_id)
    elif isinstance(event, CommentEdited):
        repeats.compare_again(remark.pk, remark.consultation_id)
    elif remark.folded_into_id is not None and isinstance(event, CommentRestored):
        repeats.show_again(remark.folded_into_id, remark.consultation_id)
    change = _COUNTS.get(type(event))
    if change is not None:
        count(remark.consultation_id, remark.listed_key, change)
    emit(_REMARK[type(event)](remark.pk, remark.consultation_id, event.by_id))


@within(VersionPublished)
def version_published(event: VersionPublished) -> None:
    """Have the remarks carried to it, by a job: publishing does not wait."""
    carrying.begin(event.consultation_id, event.version_id, by_id=event.by_id)


@within(UrgentActPublished)
def urgent_act_published(event: UrgentActPublished) -> None:
    raise_topic("consultations", event.name, event.act_id)


@within(PublicNameChanged, UserErased)
def author_renamed(event: PublicNameChanged | UserErased) -> None:
    """Pages kept under the old ``seq`` would go on showing the name that the person gave up."""
    _say_changed(thread__comments__author_id=event.user_id)


@within(RemarkHidden, RemarkRestored)
def remark_moderated(event: RemarkHidden | RemarkRestored) -> None:
    """The files of a published report show the words that everybody may read, and no others; what
    it left out as hidden and is shown again stands in another edition."""
    remark = Remark.objects.select_related("consultation__procedure").get(pk=event.remark_id)
    if isinstance(event, RemarkRestored):
        reports.open_edition_term(remark)
    else:
        reports.end_edition_term(remark)
    named = Edition.objects.filter(consultation=event.consultation_id, rows__remark=event.remark_id)
    reports.remake_files(named.order_by("pk").values_list("pk", flat=True))


@within(NameTakenOff)
def name_taken_off(event: NameTakenOff) -> None:
    """An edition whose procedure names nobody by law loses the name, too."""
    reports.remove_names(EditionRow.objects.filter(remark=event.comment_id))


@within(PublicReasonChecked, PublicReasonTakenBack)
def public_reason_changed(event: PublicReasonChecked | PublicReasonTakenBack) -> None:
    """The files of a published report show the reason that everybody may read."""
    named = Edition.objects.filter(consultation=event.consultation_id, rows__remark=event.remark_id)
    reports.remake_files(named.order_by("pk").values_list("pk", flat=True))
    raise_topic(topic_of(event.consultation_id))


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """Show one account's comments under the name of the other."""
    Cost.objects.filter(by=event.gone_id).update(by=event.kept_id)
    EditionRow.objects.filter(author=event.gone_id).update(author=event.kept_id)
    waiting.change_author(event.gone_id, event.kept_id)
    _say_changed(thread__comments__author_id__in=[event.kept_id, event.gone_id])


@within(OrganisationConfirmed)
def organisation_confirmed(event: OrganisationConfirmed) -> None:
    """Add waiting remarks of the organisation to its consultations, after this commit: the locks of
    an organisation come after those of consultations.
    """
    if waiting.is_awaited(event.organisation_id):
        outbox.defer("consultations.jobs.join_confirmed", organisation_id=event.organisation_id)


@within(ClaimJoined)
def claim_joined(event: ClaimJoined) -> None:
    """Move remarks waiting for the closed claim to the one that stands for both."""
    waiting.change_claim(event.organisation_id, event.kept_organisation_id, author_id=event.user_id)


@within(MartialLawChanged)
def martial_law_changed(event: MartialLawChanged) -> None:
    """Which days are working days is another thing now."""
    recount_report_days(WorkCalendar(event.former), by=event.by_id)


@within(OrganisationChanged, OrganisationClosed)
def organisation_changed(event: OrganisationChanged | OrganisationClosed) -> None:
    """Show comments made in its name under its present name."""
    _say_changed(thread__comments__organisation_id=event.organisation_id)
    raise_topic(f"organisation:{event.organisation_id}")


def _say_changed(**written: Any) -> None:
    """Pages of consultations in which something is written by whoever has another name now."""
    written_in = Consultation.objects.filter(**written)
    for consultation_id in written_in.values_list("pk", flat=True).distinct():
        raise_topic(topic_of(consultation_id))
