"""Limits on sockets per session and per client address, and on messages per socket."""

from __future__ import annotations

from collections import Counter, deque

from django.conf import settings

from core.web.limits import WIDER

#: A message of a page is shorter than this, in bytes.
LONGEST_MESSAGE = 4096
#: A socket says at most so many things in so many seconds.
MOST_MESSAGES, WINDOW = 20, 10.0


class Places:
    """The sockets that this process holds, by session and by client's address."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()

    def take(self, session: str | None, clients: tuple[str, ...]) -> bool:
        """Take a place for a socket; False when the session or the address has no more.

        ``clients``: ``core.web.client_ip.client_groups``.
        """
        wanted = [
            (f"address {client}", settings.LIVE_SOCKETS_PER_ADDRESS * (WIDER if around else 1))
            for around, client in enumerate(clients)
        ]
        if session:
            wanted.append((f"session {session}", settings.LIVE_SOCKETS_PER_SESSION))
        if any(self._held[key] >= most for key, most in wanted):
            return False
        self._held.update(key for key, _most in wanted)
        return True

    def give_back(self, session: str | None, clients: tuple[str, ...]) -> None:
        keys = [f"address {client}" for client in clients]
        keys += [f"session {session}"] if session else []
        for key in keys:
            self._held[key] -= 1
            if self._held[key] <= 0:
                del self._held[key]


class Pace:
    """When a socket last spoke: more than MOST_MESSAGES in WINDOW seconds are too many."""

    __slots__ = ("_times",)

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=MOST_MESSAGES)

    def allows(self, now: float) -> bool:
        """Note that it speaks at ``now`` (seconds of a steady clock); False: too often."""
        full = len(self._times) == MOST_MESSAGES
        too_many = full and now - self._times[0] < WINDOW
        self._times.append(now)
        return not too_many
