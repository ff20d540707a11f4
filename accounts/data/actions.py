"""Actions on the personal data of one person: download, erasure, joining."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.adapter import account_adapter
from accounts.data import register, rules
from accounts.data.events import ExportAsked, ExportEnded, ExportReady, UserErased
from accounts.data.files import delete_file
from accounts.data.queries import by_outcome
from accounts.locks import lock_whole
from accounts.models import Export, User
from accounts.people import actions
from core.domain import clock, outbox
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.retention import period_of
from core.domain.rules import reject, require
from core.web.mail import compose


def ask_export(user: User) -> Export:
    """Have a download of everything about a person made by a job; a mail tells when it is there.

    An earlier one that is ready gives way. Refuses ``data.export_under_way`` (one at a time, by a
    constraint) and rules.act. Emits ExportAsked, ExportEnded.
    """
    with action():
        user = locked(user)
        for earlier in Export.objects.select_for_update(no_key=True).filter(
            user=user, ended_at=None
        ):
            require(rules.ask_export(user, under_way=earlier.ready_at is None))
            _end(earlier, by=user)
        require(rules.ask_export(user, under_way=False))
        try:
            with transaction.atomic():
                export = Export.objects.create(user=user)
        except IntegrityError:
            verdict = rules.ask_export(user, under_way=True)
            reject(verdict.code, verdict.message)
        outbox.defer("accounts.data.jobs.make_export", export_id=export.pk)
        created(export)
        emit(ExportAsked(user.pk, user.pk, export.pk))
        return export


def export_ready(export: Export, *, file: str, size: int, rows: int) -> bool:
    """Say that a download is written. False: it was ended meanwhile, its file is deleted.

    Emits ExportReady.
    """
    with action():
        export = locked(export)
        if export.ended_at:
            transaction.on_commit(partial(delete_file, file))
            return False
        now = clock.now()
        export.file, export.size, export.rows = file, size, rows
        export.ready_at, export.expires_at = now, now + period_of("exports")
        export.save(update_fields=["file", "size", "rows", "ready_at", "expires_at"])
        emit(ExportReady(export.user_id, None, export.pk))
        return True


def end_export(export: Export, *, by: User | None) -> None:
    """Delete a download's file; again: nothing more. ``by`` None: a job. Emits ExportEnded."""
    with action():
        export = locked(export)
        if not export.ended_at:
            _end(export, by=by)


def _end(export: Export, *, by: User | None) -> None:
    if export.file:
        transaction.on_commit(partial(delete_file, export.file), robust=True)
    export.ended_at, export.file = clock.now(), ""
    export.save(update_fields=["ended_at", "file"])
    emit(ExportEnded(export.user_id, by.pk if by else None, export.pk))


def erase(user: User, *, by: User | None) -> User:
    """Forget who somebody was, at once and for good; what they said stays, as of a deleted user.

    All lines of the register (accounts/data/register.py) are gone through, the upper apps first
    (accounts.locks.LOCK_ORDER); what is left is a row without a name, to which lawful records lead.
    Counts do not change. They are told by a last mail. ``by`` None: whoever runs the server, on a
    written request.

    Refuses by rules.erase and by what apps have entered as erasure blockers. Emits UserSignedOut,
    UserErased (law 2297-VI arts 8(2)(11), 15(2)(2)).
    """
    with action():
        [user] = lock_whole(user)
        require(rules.erase(by, user))
        for blocks in register.erasure_blockers:
            require(blocks(user))
        email, language = user.email, user.language
        named = by_outcome(user)["named"] if email else []
        forget(user, by=by)
        if email:
            with translation.override(language):
                account_adapter().deliver(compose("accounts/erased", {"named": named}, to=email))
        emit(UserErased(user.pk, by.pk if by else None))
        return user


def forget(user: User, *, by: User | None) -> None:
    """Go through the register and forget who somebody was, inside an action that holds their lock.

    Emits UserSignedOut, and ExportEnded for each of their downloads.
    """
    actions.end_sessions(user)
    for export in Export.objects.filter(user=user, ended_at=None):
        _end(export, by=by)
    for entry in register.in_order_of_erasure():
        entry.forget(user)
    _forget_who(user, clock.now())


def _forget_who(user: User, now: datetime) -> None:
    user.refresh_from_db()
    user.email, user.phone = f"{user.pk}@erased.invalid", ""
    user.set_unusable_password()
    user.is_active = False
    user.erased_at = now
    user.save(update_fields=["email", "phone", "password", "is_active", "erased_at"])
