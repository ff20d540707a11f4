"""Days of the audit log in tests: a head of a day that is over, and what attests it."""

from datetime import timedelta
from hashlib import sha256

from core.audit_log.anchors.seals import accept
from core.audit_log.anchors.storing import add_seal, add_timestamp
from core.audit_log.anchors.timestamps import check_answer, make_request
from core.audit_log.chaining import find_head
from core.audit_log.heads import DayHead
from core.audit_log.heads import find_head as find_day
from core.domain import clock
from core.domain.calendar import local_date
from core.models import AuditAnchor, AuditLink
from tests.core.audit.signing import Signer, answer


def past_head(days: int = 1) -> DayHead:
    """The head of a day so long ago: a link that holds nothing."""
    head, at = find_head(), clock.now() - timedelta(days=days)
    link = AuditLink.objects.create(
        number=head.number + 1,
        at=at,
        first=0,
        last=0,
        reached=head.reached,
        until=at,
        salt=b"",
        body="{}",
        previous=head.hash,
        hash=sha256(f"link {head.number + 1}".encode()).hexdigest(),
    )
    return DayHead(local_date(at), link.number, link.hash)


def yesterdays_head() -> DayHead:
    """The head of yesterday, which is made where there is none."""
    return find_day(local_date(clock.now()) - timedelta(days=1)) or past_head()


def stamped(head: DayHead, **how: object) -> AuditAnchor:
    """The head with a time-stamp, of which something may be wrong."""
    request = make_request(head.hash)
    given = answer(request, Signer("ec", is_authority=True), at=clock.now(), **how)
    stamp = check_answer(given, request=request)
    return add_timestamp(head, request=request, answer=given, stamp=stamp)


def sealed(head: DayHead, **how: object) -> AuditAnchor:
    """The head with a seal."""
    return add_seal(head, accept(Signer("ec").p7s(head.file, **how), head_file=head.file))
