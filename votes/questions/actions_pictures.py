"""Actions on pictures of options: what a park, a bench, a coat of arms would look like."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require
from core.export import pictures
from votes import rules
from votes.events import PollChanged
from votes.models import Option, Poll

MAX_BYTES = 10 * 2**20
#: Pixels of its longer side: twice those of its place on the page, and quick on a slow line.
LONGEST = 640
_ENDINGS = {pictures.PNG: "png", pictures.JPEG: "jpg"}


def set_picture(option: Option, *, by: User, file: BinaryIO) -> Option:
    """Give an option a picture in the place of the one that it had; drawn anew, without metadata.

    Refuses by rules.revise and core.export.pictures.reencode, and with ``file.empty``,
    ``file.too_large`` and ``file.type``. Emits PollChanged.
    """
    poll = Poll.objects.get(questions__options=option)
    require(rules.revise(by, poll, now=clock.now()))
    content, media_type = _redraw(file)
    with action():
        poll = locked(poll)
        require(rules.revise(by, poll, now=clock.now()))
        option = locked(option)
        _forget([option.picture.name])
        name = f"{uuid4().hex}.{_ENDINGS[media_type]}"
        option.picture.save(name, ContentFile(content), save=False)
        try:
            option.save(update_fields=["picture"])
        except BaseException:
            option.picture.storage.delete(str(option.picture.name))
            raise
        emit(PollChanged(poll.pk, by.pk))
        return option


def remove_picture(option: Option, *, by: User) -> None:
    """Take its picture back. Refuses by rules.revise. Emits PollChanged."""
    with action():
        poll = locked(Poll.objects.get(questions__options=option))
        require(rules.revise(by, poll, now=clock.now()))
        forget_pictures(Option.objects.filter(pk=option.pk))
        Option.objects.filter(pk=option.pk).update(picture="")
        emit(PollChanged(poll.pk, by.pk))


def forget_pictures(options: QuerySet[Option]) -> None:
    """Delete the files of options that go, when the transaction has committed."""
    _forget(options.exclude(picture="").order_by().values_list("picture", flat=True))


def _forget(names: object) -> None:
    for name in filter(None, names):  # type: ignore[call-overload]
        transaction.on_commit(partial(default_storage.delete, name), robust=True)


def _redraw(file: BinaryIO) -> tuple[bytes, str]:
    data = file.read(MAX_BYTES + 1)
    if not data:
        reject("file.empty", _("The file is empty."))
    if len(data) > MAX_BYTES:
        reject("file.too_large", _("The picture is larger than 10 MB."))
    if not pictures.is_picture(data):
        reject("file.type", _("Only PNG and JPEG pictures can be shown."))
    return pictures.reencode(data, longest=LONGEST)
