"""What people follow: the button's page, settings, inbox, links of mails."""

from __future__ import annotations

from city.models import Theme
from core.domain import clock
from notifications.following import actions, tokens
from notifications.following.tokens import Asked, stop_path
from notifications.models import Activity, Follower, Following
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send


def _follower(town: PageWalk) -> Follower:
    """Olena, who follows the open consultation and a theme, and whose mails bounce."""
    follower = actions.follower_of(town.people["olena"])
    theme, _is_new = Theme.objects.get_or_create(slug="nature", defaults={"name": "Довкілля"})
    actions.follow(follower, "consultation", town.opened.pk)
    actions.follow(follower, "theme", theme.pk)
    topic = f"consultation:{town.opened.pk}"
    Activity.objects.get_or_create(
        verb="opened", about=topic, defaults={"topics": [topic], "consultation": town.opened}
    )
    Follower.objects.filter(pk=follower.pk).update(bounced_at=clock.now())
    return follower


def _by_email(town: PageWalk) -> tuple[Follower, Following]:
    follower, _is_new = Follower.objects.get_or_create(email="daryna@viche.example")
    return follower, actions.follow(follower, "consultation", town.opened.pk)


def _follow(town: PageWalk) -> list[PageCheck]:
    args = ("consultation", town.opened.pk)
    return [
        of("notifications:follow", *args, then=None),
        of("notifications:follow", *args, then=send),
        of("notifications:follow", *args, who="bohdan"),
    ]


def _settings(town: PageWalk) -> list[PageCheck]:
    _follower(town)
    return [of("notifications:settings", who=who) for who in ("olena", "charlie")]


def _inbox(town: PageWalk) -> list[PageCheck]:
    _follower(town)
    return [of("notifications:inbox", who=who) for who in ("olena", "charlie")]


def _confirm(town: PageWalk) -> list[PageCheck]:
    asked = Asked("daryna@viche.example", "uk", "consultation", town.opened.pk)
    token = tokens.confirmation_token(asked)
    return [
        of("notifications:confirm", token),
        of("notifications:confirm", "0" * 40, status=404),
    ]


def _stop(town: PageWalk) -> list[PageCheck]:
    follower, following = _by_email(town)
    return [PageCheck(stop_path(follower, following))]


def _stop_all(town: PageWalk) -> list[PageCheck]:
    follower, _following = _by_email(town)
    return [PageCheck(stop_path(follower))]


PAGES: dict[str, PageChecks] = {
    "notifications:follow": _follow,
    "notifications:settings": _settings,
    "notifications:settings_by_link": lambda town: [
        PageCheck(tokens.settings_path(_by_email(town)[0]))
    ],
    "notifications:inbox": _inbox,
    "notifications:areas": lambda town: [
        of("notifications:areas", query=query) for query in ("", "?theme=", "?street=Невідома")
    ],
    "notifications:confirm": _confirm,
    "notifications:stop": _stop,
    "notifications:stop_all": _stop_all,
}

#: Routes that show no page, and why.
NO_PAGE = {"notifications:unread": "a part of the account menu"}
