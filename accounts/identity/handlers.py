"""Actions that join two accounts of one person."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.utils import translation

from accounts.adapter import account_adapter
from accounts.data.actions import forget
from accounts.events import PublicNameChanged
from accounts.identity import keys, rules
from accounts.identity.events import AccountEmptied, AccountsMerged
from accounts.identity.recognising import keys_of
from accounts.locks import lock_whole
from accounts.models import Agreement, DataAccess, PersonKey, Suspension, User, Verification
from accounts.security.proofs import has_second_factor
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit, within
from core.domain.rules import require
from core.web.mail import compose

_NAMES = ("given_name", "family_name", "public_name_style")


def merge(kept: User, gone: User) -> User:
    """Give all that ``gone`` did and holds to ``kept``, and close it. There is no way back.

    Both belong to whoever asks: the caller has seen proof. Contributions, mandates, agreements,
    checks, residence and ways to sign in go over, each app its own (AccountsMerged), and the name
    where ``kept`` has none; the address and the password of the one are forgotten, and nobody can
    sign in to it. A last mail goes there.

    Refuses by rules.merge and rules.merge_keys. Emits UserSignedOut, PublicNameChanged (of a name
    that went over), AccountsMerged and AccountEmptied.
    """
    with action():
        kept, gone = lock_whole(kept, gone)
        check(kept, gone)
        require(rules.merge_keys(keys_of(kept), keys_of(gone)))
        if gone.given_name and not kept.given_name:
            _name_alike(kept, gone)
        emit(AccountsMerged(kept.pk, gone.pk))
        emit(AccountEmptied(kept.pk, gone.pk))
        return kept


def _name_alike(kept: User, gone: User) -> None:
    """Call the one as the other is called and shown: under that name stands what goes over."""
    for name in _NAMES:
        setattr(kept, name, getattr(gone, name))
    kept.save(update_fields=_NAMES)
    emit(PublicNameChanged(kept.pk, kept.pk))


def check(kept: User, gone: User) -> None:
    """Refuse by rules.merge what cannot be joined; two queries."""
    of_email = User.objects.of_email(gone.email or "")
    proved = of_email.filter(pk=gone.pk).exists() if gone.email else True
    require(rules.merge(kept, gone, has_second_factor=has_second_factor(gone), is_proved=proved))


@within(AccountsMerged)
def _give_over(event: AccountsMerged) -> None:
    """Hand over the data of the accounts app itself; residence and paper have their own
    handlers.
    """
    kept, gone = event.kept_id, event.gone_id
    _one_check(kept, gone)
    Verification.objects.filter(user=gone).update(user=kept)
    PersonKey.objects.filter(user=gone).update(user=kept)
    for model, same in ((Agreement, ("document", "version")), (SocialAccount, ("provider", "uid"))):
        held = set(model.objects.filter(user=kept).values_list(*same))
        for row in model.objects.filter(user=gone):
            if tuple(getattr(row, name) for name in same) not in held:
                row.user_id = kept
                row.save(update_fields=["user"])
    for history in (Suspension, DataAccess):
        history.objects.filter(user=gone).update(user=kept)


def _one_check(kept: int, gone: int) -> None:
    """Keep one of two current checks: the surer one, then the one that lasts longer."""
    standing = list(
        Verification.objects.filter(user__in=[kept, gone], ended_at=None)
        .order_by("pk")
        .select_for_update()
    )
    if not standing:
        return
    *worse, best = sorted(standing, key=lambda check: (check.level, check.expires_at or check.at))
    for check in worse:
        check.ended_at = clock.now()
        check.save(update_fields=["ended_at"])
        if not keys.is_of_code(best.person_key):
            best.person_key = check.person_key or best.person_key
        best.age_over = max(best.age_over or 0, check.age_over or 0) or None
    best.save(update_fields=["person_key", "age_over"])


@within(AccountEmptied)
def _close(event: AccountEmptied) -> None:
    """Forget whose the empty account was. Its address hears of it once more: the password alone
    proves that it is theirs, and whoever stole that should not go unheard."""
    gone = locked(User(pk=event.gone_id))
    email, language = gone.email, gone.language
    forget(gone, by=User(pk=event.kept_id))
    if email:
        with translation.override(language):
            account_adapter().deliver(compose("accounts/merged", {}, to=email))
