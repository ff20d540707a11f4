"""Who was told of a consultation: what the mails leave for its bundle of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Func, Q, TextField, Value

from consultations.evidence.notices import Notice, evidence_source
from consultations.models import Consultation, DateChange, Decision, DecisionChange, Edition
from discussions.models import Comment, Correction
from drafts.models import Version
from moderation.models import Contest
from notifications.decisions import TEMPLATE as DECIDED
from notifications.models import Sent

_CHUNK = 500
#: The template of mails about other dates (notifications.handlers.dates_changed).
DATES_CHANGED = "consultations/dates_changed"
#: An event without its template: ``consultation:12``.
_ABOUT = Func(
    F("event"),
    Value("^[^:]*:"),
    Value(""),
    function="regexp_replace",
    output_field=TextField(),
)
#: The comment that a mail of its hiding or showing again is about: it is told each time, so a time
#: follows (notifications.moderation).
_MODERATED = Func(F("event"), Value(":"), Value(2), function="split_part", output_field=TextField())


@evidence_source
def notices_of(consultation_id: int) -> Iterator[Notice]:
    """Mails about the consultation, its dates, what was said in it and moderators' decisions on
    that, by the time of sending."""
    thread = Consultation.objects.values_list("thread", flat=True).get(pk=consultation_id)
    said = list(Comment.objects.filter(thread=thread).values_list("pk", flat=True))
    of_these = Q(event__startswith="consultations/") | Q(event__startswith="moderation/")
    told = Sent.objects.filter(of_these, user__isnull=False)
    about = told.annotate(about=_ABOUT, moderated=_MODERATED).filter(
        Q(about__in=_abouts(consultation_id, said))
        | Q(moderated__in=map(str, said))
        | Q(event__in=_changes(consultation_id))
    )
    for sent in about.select_related("user").order_by("at", "pk").iterator(_CHUNK):
        user = sent.user
        if user is not None:
            yield Notice(sent.at, sent.event, user.pk, user.public_name)


def _abouts(consultation_id: int, said: list[int]) -> list[str]:
    """What events of mails about it end in; ``said``: ids of its comments."""
    rows = {
        "decision": Decision.objects.filter(consultation=consultation_id),
        "version": Version.objects.filter(draft__consultation=consultation_id),
        "edition": Edition.objects.filter(consultation=consultation_id),
        "contest": Contest.objects.filter(ruling__comment__in=said),
        "correction": Correction.objects.filter(comment__in=said),
    }
    found = [f"consultation:{consultation_id}"]
    found += [f"{kind}:{pk}" for kind in ("remark", "answer", "comment") for pk in said]
    return found + [f"{kind}:{row.pk}" for kind, them in rows.items() for row in them.only("pk")]


def _changes(consultation_id: int) -> list[str]:
    """Events of other dates and of other decisions, which are numbered apart."""
    dates = DateChange.objects.filter(consultation=consultation_id)
    decisions = DecisionChange.objects.filter(decision__consultation=consultation_id)
    return [f"{DATES_CHANGED}:change:{row.pk}" for row in dates.only("pk")] + [
        f"{DECIDED}:change:{row.pk}" for row in decisions.only("pk")
    ]
