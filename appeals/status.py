"""The status tag of each state of an appeal, the same for its applicant and at the desk."""

from __future__ import annotations

from appeals.models import State

#: Kinds of core.templatetags.components.status_tag.
TAGS = {
    State.RECEIVED: "waiting",
    State.IN_WORK: "open",
    State.REOPENED: "open",
    State.ANSWERED: "done",
    State.FORWARDED: "info",
    State.MOVED: "info",
    State.RETURNED: "stop",
    State.NOT_CONSIDERED: "stop",
    State.WITHDRAWN: "closed",
    State.GIVEN_BACK: "closed",
}
