"""Template tags of cards of polls."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from votes.models import Poll

register = template.Library()

_FOR: dict[str, str | Promise] = {
    Poll.Voters.ANYONE: gettext_lazy("for everybody who has signed in"),
    Poll.Voters.RESIDENTS: gettext_lazy("for residents of the community"),
    Poll.Voters.VERIFIED_RESIDENTS: gettext_lazy("for confirmed residents"),
    Poll.Voters.DISTRICT: gettext_lazy("for residents of one district"),
    Poll.Voters.ORGANISATIONS: gettext_lazy("for organisations"),
    Poll.Voters.INVITED: gettext_lazy("for those on a list only"),
}


@register.filter
def for_whom(poll: Poll) -> str:
    """People who may vote, in a few words; ``poll.district`` was read."""
    if poll.voters == Poll.Voters.DISTRICT and poll.district is not None:
        return _("for residents of the district: %(name)s") % {"name": poll.district.local_name}
    return str(_FOR[poll.voters])
