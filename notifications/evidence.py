"""Who was told of a consultation: what the mails leave for its bundle of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Func, Q, TextField, Value

from consultations.evidence.notices import Notice, evidence_source
from consultations.models import Consultation, DateChange, Decision, DecisionChange, Edition
from discussions.models import Comment, Correction
from drafts.models import Version
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


@evidence_source
def notices_of(consultation_id: int) -> Iterator[Notice]:
    """Mails about the consultation, its dates, and what was said in it, by the time of sending."""
    told = Sent.objects.filter(event__startswith="consultations/", user__isnull=False)
    is_about = Q(about__in=_abouts(consultation_id)) | Q(event__in=_changes(consultation_id))
    about = told.annotate(about=_ABOUT).filter(is_about)
    for sent in about.select_related("user").order_by("at", "pk").iterator(_CHUNK):
        user = sent.user
        if user is not None:
            yield Notice(sent.at, sent.event, user.pk, user.public_name)


def _abouts(consultation_id: int) -> list[str]:
    """What events of mails about it end in."""
    thread = Consultation.objects.values_list("thread", flat=True).get(pk=consultation_id)
    said = list(Comment.objects.filter(thread=thread).values_list("pk", flat=True))
    rows = {
        "decision": Decision.objects.filter(consultation=consultation_id),
        "version": Version.objects.filter(draft__consultation=consultation_id),
        "edition": Edition.objects.filter(consultation=consultation_id),
        "correction": Correction.objects.filter(comment__thread=thread),
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
