"""The register of personal data in petitions (law 393/96-ВР art. 23-1)."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from accounts.data.register import (
    Files,
    OnErasure,
    PersonalData,
    Purpose,
    Retention,
    Row,
    impersonal,
    register,
    register_retention,
    staff_references,
)
from accounts.models import StaffNote, User
from core.domain.retention import keep
from core.kept_pictures.files import read_stored, stored_size
from petitions.life import actions
from petitions.models import (
    Answer,
    Day,
    DayTotal,
    Entry,
    Ground,
    Guard,
    Hour,
    News,
    Objection,
    Pending,
    Petition,
    PetitionPhoto,
    Procedure,
    Removal,
    Signature,
    Step,
    Total,
)
from petitions.querysets import KIND
from petitions.signing.actions import adopt
from petitions.signing.queries import signed_by

RECORD = _(
    "The text of a petition, the number of its signatures and the dates of their collection are "
    "kept for at least three years (law 393/96-ВР art. 23-1)"
)
AUTHORS = _(
    "A petition is published with its author’s full name (law 393/96-ВР art. 23-1): what was "
    "published keeps it for three years from then. Drafts are deleted, what waits to be checked is "
    "taken back, and what was never published loses the name at once"
)
PHOTOS = _(
    "Photographs are part of the petition in which they were published (law 393/96-ВР art. 23-1); "
    "those of what was never published are deleted"
)


def _waiting(user: User) -> QuerySet[Pending]:
    return Pending.objects.filter(email__iexact=user.email)


def _with_file(row: Row) -> Row:
    """The size and the address of the largest file; nothing of one that was removed."""
    photo = PetitionPhoto(digest=row["address"], width=row["size"])
    size = None if row["removed_at"] else stored_size(photo)
    if size is None:
        return {**row, "name": None, "size": None, "address": None}
    return {**row, "size": size, "address": f"{settings.SITE_URL}{photo.url}"}


def _read_photo(pk: int) -> Iterator[bytes]:
    """The bytes of its largest file."""
    photo = PetitionPhoto.objects.shown().filter(pk=pk).first()
    return read_stored(photo) if photo else iter(())


register(
    PersonalData(
        model=Petition,
        purpose=Purpose.PARTICIPATION,
        title=_("Your petitions"),
        whose=("author",),
        shown={
            "title": _("what the council should do"),
            "text": _("what exactly you ask for"),
            "reasons": _("why"),
            "author_name": _("your full name"),
            "author_address": _("where you live"),
            "author_phone": _("telephone"),
            "created_at": _("when"),
            "submitted_at": _("sent to be checked"),
            "published_at": _("published"),
            "refused_at": _("refused"),
            "refused_on__name": _("ground"),
            "refused_quote": _("words that are against the ground"),
            "refused_note": _("what is against it"),
            "withdrawn_at": _("taken back"),
            "withdrawn_reason": _("reason"),
            "answered_at": _("answered"),
        },
        on_erasure=OnErasure.EMPTIED,
        emptied={"author_address": "", "author_phone": ""},
        erase=actions.let_go,
        kept_because=AUTHORS,
        named_by=_("your full name as its author"),
        named_until=_("for %(period)s from its publication on"),
        named_rows=Q(published_at__isnull=False) & ~Q(author_name=""),
        period="petition_authors",
    ),
    PersonalData(
        model=PetitionPhoto,
        purpose=Purpose.PARTICIPATION,
        title=_("Photographs in your petitions"),
        whose=("petition__author",),
        shown={
            "petition__title": _("petition"),
            "alt": _("what is to be seen"),
            "name": _("file"),
            "size": _("bytes"),
            "address": _("its address"),
            "removed_at": _("removed by a moderator"),
            "removed_reason": _("reason"),
        },
        beside={"name": Value("photo.webp"), "size": F("width"), "address": F("digest")},
        change=_with_file,
        files=Files(read=_read_photo),
        on_erasure=OnErasure.KEPT,
        kept_because=PHOTOS,
    ),
    PersonalData(
        model=Signature,
        purpose=Purpose.PARTICIPATION,
        title=_("Petitions that you signed"),
        find=signed_by,
        shown={
            "petition__title": _("petition"),
            "name": _("your name"),
            "name_withheld": _("name kept off the page"),
            "at": _("when"),
        },
        on_erasure=OnErasure.EMPTIED,
        emptied={"name": "", "email": "", "wants_news": False, "network": None, "domain": ""},
        erase=adopt,
        counts=True,
        kept_because=RECORD,
    ),
    PersonalData(
        model=Pending,
        purpose=Purpose.PARTICIPATION,
        title=_("Signatures that wait for a confirmation"),
        find=_waiting,
        whose=(),
        shown={"petition__title": _("petition"), "name": _("your name"), "at": _("when")},
        period="unconfirmed_signatures",
    ),
    PersonalData(
        model=Objection,
        purpose=Purpose.PARTICIPATION,
        title=_("Objections to the removal of your signatures"),
        whose=("signature__user",),
        shown={"text": _("why it should count"), "at": _("when"), "answer": _("answer")},
        on_erasure=OnErasure.EMPTIED,
        emptied={"text": ""},
        kept_because=RECORD,
    ),
)
register_retention(
    Retention(
        model=Petition,
        period="petition_authors",
        stale=lambda before: (
            Q(published_at__lte=before, author__erased_at__isnull=False) & ~Q(author_name="")
        ),
        emptied={"author_name": ""},
    ),
    Retention(
        model=StaffNote,
        period="petition_authors",
        stale=lambda before: Q(
            matter_kind=KIND,
            matter_id__in=Petition.objects.filter(
                published_at__lte=before, author__erased_at__isnull=False
            ).values("pk"),
        ),
    ),
)
register_retention(
    Retention(
        model=Pending,
        period="unconfirmed_signatures",
        stale=lambda before: Q(expires_at__lt=before),
    )
)
staff_references(Procedure, "made_by")
staff_references(Guard, "raised_by", "lowered_by")
staff_references(Removal, "by", "reversed_by")
staff_references(Objection, "removed_by", "decided_by")
staff_references(Answer, "by")
staff_references(PetitionPhoto, "removed_by")
staff_references(Step, "by")
staff_references(News, "by")
impersonal(Ground, why="words of acts")
impersonal(Total, DayTotal, Entry, Day, Hour, why="counts")
impersonal(Petition.themes.through, Petition.streets.through, why="what a petition is about")


# Who began a petition and erased their account later, from its publication: as long as its
# record (law 393/96-ВР art. 23-1).
keep("petition_authors", days=3 * 365)
# From which network and domain of mailboxes a petition was signed, once collecting has ended;
# where its review begins, they go with that.
keep("signature_traces", days=30)
# To where who signed by mail was told what became of it, from the answer on; where none is due,
# from the end of collecting.
keep("signature_addresses", days=365)
# What they are called on the list of who signed, from the same day on: as long as its record.
keep("signature_names", days=3 * 365 + 1)
# Signatures by mail that nobody confirmed, once their link has stopped working.
keep("unconfirmed_signatures", days=1)
