"""Message storage that drops duplicates, however often a form was sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage


class UniqueMessages(SessionStorage):
    """Messages in the session, without the second of two that say the same."""

    def _store(
        self, messages: Sequence[Message], response: Any, *args: Any, **kwargs: Any
    ) -> list[Message]:
        unique = {(each.level, str(each.message), each.extra_tags): each for each in messages}
        store = cast(Any, super())._store  # the stubs leave it out
        left: list[Message] = store(list(unique.values()), response, *args, **kwargs)
        return left
