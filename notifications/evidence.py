"""Who was told of a consultation: what the mails leave for its bundle of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Func, TextField, Value

from consultations.evidence.notices import Notice, evidence_source
from consultations.models import Consultation, DateChange, Edition
from discussions.models import Comment, Correction
from notifications.models import Sent

_CHUNK = 500
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
    about = told.annotate(about=_ABOUT).filter(about__in=_abouts(consultation_id))
    for sent in about.select_related("user").order_by("at", "pk").iterator(_CHUNK):
        user = sent.user
        if user is not None:
            yield Notice(sent.at, sent.event, user.pk, user.public_name)


def _abouts(consultation_id: int) -> list[str]:
    """What events of mails about it end in."""
    thread = Consultation.objects.values_list("thread", flat=True).get(pk=consultation_id)
    said = list(Comment.objects.filter(thread=thread).values_list("pk", flat=True))
    rows = {
        "change": DateChange.objects.filter(consultation=consultation_id),
        "edition": Edition.objects.filter(consultation=consultation_id),
        "correction": Correction.objects.filter(comment__thread=thread),
    }
    found = [f"consultation:{consultation_id}"]
    found += [f"{kind}:{pk}" for kind in ("remark", "answer", "comment") for pk in said]
    return found + [f"{kind}:{row.pk}" for kind, them in rows.items() for row in them.only("pk")]
