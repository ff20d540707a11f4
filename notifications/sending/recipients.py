"""The recipient of a mail: a person with an account, a signer, a line of a poll's list, a
journalist, or somebody who follows by e-mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from newsroom.models import Accreditation
from newsroom.press import tokens as press
from notifications.following.tokens import settings_path, stop_path
from notifications.models import Follower, Following
from notifications.sending.unsubscribing import unsubscribe_path, unsubscribed_users
from petitions.models import Signature
from petitions.signing.tokens import mails_path, page_of_signature
from votes.models import Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Recipient of a mail. They are known by one of ``user``, ``signature``, ``invitation``,
    ``accreditation`` and ``follower``, as in a row of ``Sent``.
    """

    email: str
    #: Their part of a Message-ID.
    name: str
    user: User | None = None
    signature: Signature | None = None
    invitation: Invitation | None = None
    accreditation: Accreditation | None = None
    follower: Follower | None = None
    #: What they follow, of which alone the mail is; None: of several things.
    following: Following | None = None
    #: The activity of which the browsers of their account are told together with the mail.
    activity_id: int | None = None
    #: The end of their quiet hours: nothing is sent before; None: at once.
    not_before: datetime | None = None
    #: What a signer has signed, whether they are known by their account or by the signature.
    signed: Signature | None = None
    #: Mails of this kind can be stopped by one click.
    can_stop: bool = False
    #: The consultation in which a person took part, of whose mails this is one.
    consultation_id: int | None = None

    @classmethod
    def of_user(
        cls, user: User, *, signed: Signature | None = None, can_stop: bool = False
    ) -> Self:
        return cls(email=user.email, name=str(user.pk), user=user, signed=signed, can_stop=can_stop)

    @classmethod
    def of_signature(cls, signature: Signature, *, can_stop: bool) -> Self:
        """A signer with an account is told once of what a template tells, as its author too."""
        if signature.user:
            return cls.of_user(signature.user, signed=signature, can_stop=can_stop)
        return cls(
            email=signature.email,
            name=f"signature:{signature.pk}",
            signature=signature,
            signed=signature,
            can_stop=can_stop,
        )

    @classmethod
    def of_invitation(cls, line: Invitation) -> Self:
        return cls(email=line.email, name=f"invited:{line.pk}", invitation=line)

    @classmethod
    def of_accreditation(cls, accreditation: Accreditation, *, can_stop: bool) -> Self:
        return cls(
            email=accreditation.email,
            name=f"press:{accreditation.pk}",
            accreditation=accreditation,
            can_stop=can_stop,
        )

    @classmethod
    def of_follower(cls, follower: Follower, *, following: Following | None = None) -> Self:
        """A follower, with an account or without. ``following``: the one thing that the mail is
        about, of which its link stops the mails."""
        return cls(
            email=follower.address,
            name=f"follower:{follower.pk}",
            follower=follower,
            following=following,
        )

    @property
    def account_ids(self) -> list[int]:
        """The id of a follower's account, where there is one."""
        user_id = self.follower.user_id if self.follower else None
        return [] if user_id is None else [user_id]

    @property
    def is_told_news(self) -> bool:
        """Whether it is something that they follow, or took part in, and may stop."""
        return self.follower is not None or self.can_stop or self.consultation_id is not None

    def load_language(self) -> str:
        """Load the language of their account, or in which they applied; without one the state's
        (law 2704-VIII art. 27).
        """
        if self.user:
            return self.user.language
        if self.accreditation:
            return self.accreditation.language
        if self.follower:
            account = self.follower.user
            return account.language if account else self.follower.language
        if self.invitation is None:
            return settings.LANGUAGE_CODE
        accounts = User.objects.filter(email=self.email)
        return accounts.values_list("language", flat=True).first() or settings.LANGUAGE_CODE

    def own_paths(self) -> dict[str, str]:
        """Paths of the recipient's own pages: for a signer their signature, and to take it back or
        object; for them, a participant, a journalist or a follower to stop such mails, or ""; for a
        follower their settings. Paths are in the language that is active.
        """
        if self.follower:
            stop = stop_path(self.follower, self.following)
            return {"stop_path": stop, "settings_path": settings_path(self.follower)}
        if self.accreditation:
            stop = press.stop_path(self.accreditation) if self.can_stop else ""
            return {"own_path": press.own_path(self.accreditation), "stop_path": stop}
        if self.user and self.consultation_id:
            return {"stop_path": unsubscribe_path(self.user.pk, self.consultation_id)}
        if self.signed is None:
            return {}
        args: list[int | str] = [self.signed.petition_id]
        if self.user:
            own = reverse("petitions:signed", args=args)
        else:
            args += [self.signed.pk, page_of_signature(self.signed)]
            own = reverse("petitions:signature", args=args)
        return {"own_path": own, "stop_path": mails_path(self.signed) if self.can_stop else ""}


def load_participant(user_id: int, consultation_id: int) -> Recipient | None:
    """A person who took part in a consultation, unless they want no more mails about it."""
    found = load_account(user_id)
    if found is None or user_id in unsubscribed_users(consultation_id):
        return None
    return replace(found, consultation_id=consultation_id)


def load_account(user_id: int) -> Recipient | None:
    """A person with an account, unless it has no e-mail or was erased."""
    user = User.objects.filter(pk=user_id, email__isnull=False, erased_at=None).first()
    return None if user is None else Recipient.of_user(user)
