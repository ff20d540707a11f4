"""Statements whose author changed their name meanwhile: recorded anew under the new name.

Whoever posts has read their name before, and locks no row of theirs: a lock for each remark would
cost everybody what one in a million needs. So a job looks once more, when all that was under way
has ended.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from consultations.evidence.events import VoiceChanged, VoicesChanged
from consultations.evidence.spoken import DECLARED, REMARK
from consultations.evidence.things import Things
from consultations.models import Consultation
from core.audit_log.comparing import find_unrecorded
from core.domain import clock, outbox
from core.domain.actions import action
from core.domain.events import emit
from discussions.models import Comment

#: So long after the change the job runs: no request lasts longer.
DELAY = timedelta(minutes=2)
#: Only what was said so lately may have a name that its author gave up meanwhile.
LATELY = timedelta(minutes=30)


def look_again(user_id: int) -> None:
    """Have the job look at what this person said just now."""
    outbox.defer_at(clock.now() + DELAY, "consultations.jobs.record_former_voices", user_id=user_id)


def record_former_voices(user_id: int) -> int:
    """Record anew what this person has said lately and the record says otherwise; how many
    comments. Emits VoicesChanged for each consultation, and VoiceChanged for each comment."""
    said = Comment.objects.filter(
        author=user_id,
        created_at__gt=clock.now() - LATELY,
        thread__consultation__announced_at__isnull=False,
    ).order_by("pk")
    by_consultation = defaultdict(list)
    for pk, consultation_id in said.values_list("pk", "thread__consultation"):
        by_consultation[consultation_id].append(pk)
    number = 0
    consultations = Consultation.objects.filter(pk__in=by_consultation).order_by("pk")
    with action():
        for consultation in consultations:
            here = Things(consultation)
            things = list(here.speech(by_consultation[consultation.pk]))
            other = {
                each.number
                for kind in (REMARK, DECLARED)
                for each in find_unrecorded(here.of, kind, [it for it in things if it.kind == kind])
            }
            if other:
                emit(VoicesChanged(consultation.pk, None))
            for pk in sorted(other):
                emit(VoiceChanged(consultation.pk, None, pk))
            number += len(other)
    return number
