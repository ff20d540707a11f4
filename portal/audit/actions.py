"""Actions on the audit log's anchors."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import administer
from core.audit_log.anchors import seals
from core.audit_log.anchors.storing import add_seal
from core.audit_log.heads import DayHead
from core.domain.actions import action
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import refuse, require
from core.models import AuditAnchor
from portal.audit.events import HeadSealed

AGAIN = refuse("seal.again", _("This file is here already."))


def seal_head(head: DayHead, content: bytes, *, by: User) -> AuditAnchor:
    """Store the head file of a day that is over, as sealed elsewhere.

    No key is ever here. Refuses by accounts.rules.administer, anchors.seals.accept and
    ``seal.again``. Emits HeadSealed.
    """
    with action():
        require(administer(by))
        seal = seals.accept(content, head_file=head.file)
        try:
            with transaction.atomic():
                anchor = add_seal(head, seal)
        except IntegrityError:
            require(AGAIN)
            raise
        created(anchor)
        emit(HeadSealed(by.pk, anchor.pk))
        return anchor
