"""Authentication backend: no rights of staff until the session has shown a second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class Backend(AuthenticationBackend):
    """allauth's, but for this: everybody whom a session names passes here, whoever asks (pages,
    API, sockets), and comes out without the rights of staff. ``sessions.judged`` gives them."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = super().get_user(user_id)
        if user is not None:
            user.second_factored = False
        return user
