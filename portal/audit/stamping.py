"""Ask the council's time-stamp authority for a stamp on the head of each day that is over."""

from __future__ import annotations

import logging
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from core.audit_log.anchors import timestamps
from core.audit_log.anchors.storing import add_timestamp, heads_to_stamp
from core.audit_log.heads import DayHead
from core.models import AuditAnchor
from notifications.channels import outgoing

log = logging.getLogger(__name__)

#: How the authority is reached; only public addresses.
NETWORK = outgoing.Network()
#: A stamp with its certificates has about six kilobytes.
MOST_BYTES = 128 * 1024
_OK = 200


def stamp_heads() -> list[AuditAnchor]:
    """Ask for each head that waits; answers are stored, right or wrong.

    An authority that does not answer, or not as one, is asked again at the next run; nothing is
    stored then. None is asked where TIMESTAMP_URL is empty.
    """
    if not settings.TIMESTAMP_URL:
        return []
    stamped: list[AuditAnchor] = []
    roots = load_roots()
    for head in heads_to_stamp():
        request = timestamps.make_request(head.hash)
        answer = _ask(request)
        if answer is None:  # nor will it answer for the other days
            return stamped
        stamp = timestamps.check_answer(answer, request=request, roots=roots)
        stamped.append(add_timestamp(head, request=request, answer=answer, stamp=stamp))
        _report(head, stamp)
    return stamped


def load_roots() -> list[bytes]:
    """The root certificates of TIMESTAMP_ROOTS, in DER; none where it is empty."""
    if not settings.TIMESTAMP_ROOTS:
        return []
    found = x509.load_pem_x509_certificates(Path(settings.TIMESTAMP_ROOTS).read_bytes())
    return [each.public_bytes(Encoding.DER) for each in found]


def _ask(request: bytes) -> bytes | None:
    headers = {"Content-Type": timestamps.QUERY, "Accept": timestamps.REPLY}
    try:
        answer = outgoing.post(
            settings.TIMESTAMP_URL, request, headers, network=NETWORK, most=MOST_BYTES
        )
    except (outgoing.Unreachable, outgoing.Forbidden) as reason:
        log.warning("no time-stamp for the audit log: %s", reason)
        return None
    if answer.status != _OK:  # a redirect too: nobody follows it
        log.warning("no time-stamp for the audit log: the authority answers %s", answer.status)
        return None
    return answer.body


def _report(head: DayHead, stamp: timestamps.Stamp) -> None:
    if stamp.verdict == AuditAnchor.Verdict.WRONG:
        log.error("the time-stamp for %s is wrong: %s", head.day, stamp.reason)
