"""Time-stamps and seals of a day's head, in words for pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audit_log.anchors.queries import anchors_of, wrong_answers
from core.audit_log.heads import DayHead
from core.models import AuditAnchor

_Kind, _Verdict = AuditAnchor.Kind, AuditAnchor.Verdict
_CHECKED = gettext_lazy("signature checked by the certificate in the file, not who issued it")
_WORDS: dict[tuple[str, str], Any] = {
    (_Kind.TIMESTAMP, _Verdict.TRUSTED): gettext_lazy(
        "signature checked, up to a root certificate that the council trusts"
    ),
    (_Kind.TIMESTAMP, _Verdict.VALID): _CHECKED,
    (_Kind.TIMESTAMP, _Verdict.UNCHECKED): gettext_lazy("signature not checked here"),
    (_Kind.SEAL, _Verdict.VALID): _CHECKED,
    (_Kind.SEAL, _Verdict.UNCHECKED): gettext_lazy(
        "signature not checked here: check it at czo.gov.ua"
    ),
}
_NO_CHAIN = gettext_lazy("signature checked, but its certificate leads to no root that is trusted")
_WRONG = {
    "refused": gettext_lazy("the authority refused"),
    "imprint": gettext_lazy("it stamps something else"),
    "nonce": gettext_lazy("it answers another request"),
    "digest": gettext_lazy("it signs other bytes than it holds"),
    "signature": gettext_lazy("the signature does not hold"),
    "certificate": gettext_lazy("the certificate is missing, or another one"),
    "purpose": gettext_lazy("the certificate is not for time-stamps"),
    "expired": gettext_lazy("the certificate was not valid at that time"),
}


@dataclass(frozen=True, slots=True)
class ShownAnchor:
    """An anchor in words. ``fits``: it attests the head that the chain has now."""

    kind: str
    organisation: str
    said_at: datetime | None
    verdict: Any
    is_checked: bool
    fits: bool
    url: str
    request_url: str
    format: str


@dataclass(frozen=True, slots=True)
class ShownHead:
    """A day's head with what attests it; ``wrong``: why answers of the authority are of no use."""

    head: DayHead
    is_over: bool
    anchors: Sequence[ShownAnchor]
    wrong: Sequence[Any] = ()

    @property
    def has_seal(self) -> bool:
        return any(each.kind == _Kind.SEAL for each in self.anchors)

    @property
    def has_stamp(self) -> bool:
        return any(each.kind == _Kind.TIMESTAMP for each in self.anchors)


def show_heads(heads: Sequence[DayHead], *, today: date) -> list[ShownHead]:
    """Heads with their anchors. One query."""
    found = anchors_of(heads)
    return [
        ShownHead(head, head.day < today, [_show(each, head) for each in found[head]])
        for head in heads
    ]


def show_for_desk(heads: Sequence[DayHead]) -> list[ShownHead]:
    """The same of days that are over, with the authority's wrong answers. Two queries."""
    found, wrong = anchors_of(heads), wrong_answers(heads)
    return [
        ShownHead(
            head,
            True,
            [_show(each, head) for each in found[head]],
            [_WRONG.get(each.reason, _("it cannot be read")) for each in wrong[head]],
        )
        for head in heads
    ]


def _show(anchor: AuditAnchor, head: DayHead) -> ShownAnchor:
    is_stamp = anchor.kind == _Kind.TIMESTAMP
    words = (
        _NO_CHAIN
        if anchor.reason == "chain"
        else _WORDS.get((anchor.kind, anchor.verdict), _CHECKED)
    )
    return ShownAnchor(
        kind=anchor.kind,
        organisation=anchor.organisation,
        said_at=anchor.said_at,
        verdict=words,
        is_checked=anchor.verdict != _Verdict.UNCHECKED,
        fits=(anchor.number, anchor.head) == (head.number, head.hash),
        url=reverse("audit:anchor", args=[anchor.pk]),
        request_url=reverse("audit:anchor_request", args=[anchor.pk]) if is_stamp else "",
        format=anchor.format.upper(),
    )
