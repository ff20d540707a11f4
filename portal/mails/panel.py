"""Mails to drawn members of a panel. They are here because insights and notifications do not import
each other."""

from __future__ import annotations

from accounts.models import User
from core.domain import clock, outbox
from core.domain.events import within
from insights.models import PanelMember
from insights.panel.events import PanelDrawn
from notifications.mails.contents import Context, mail

TEMPLATE = "insights/drawn"


@within(PanelDrawn)
def panel_drawn(event: PanelDrawn) -> None:
    """Ask everybody who was drawn: a job each, in one statement."""
    members = PanelMember.objects.filter(panel=event.panel_id, is_drawn=True)
    outbox.defer_many(
        "notifications.jobs.send",
        [
            {
                "template": TEMPLATE,
                "user_id": user_id,
                "about": f"panel:{event.panel_id}",
                "ids": {"panel_id": event.panel_id},
            }
            for user_id in members.order_by("pk").values_list("user_id", flat=True)
        ],
    )


@mail(TEMPLATE)
def _drawn(user: User, *, panel_id: int) -> Context:
    """Nothing to whoever has answered, or where the panel is over."""
    members = PanelMember.objects.filter(panel=panel_id, user=user, is_drawn=True)
    member = members.select_related("panel").defer("panel__list_text").first()
    if member is None or member.has_answered or not member.panel.is_open(clock.now()):
        return None
    return {"panel": member.panel}
