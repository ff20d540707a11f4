"""The draft under consultation: its first import, its new versions, their publication."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from consultations import rules
from consultations.events import VersionPublished
from consultations.models import Consultation
from core.domain import clock
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.rules import reject, require
from drafts import importing
from drafts.models import Version
from drafts.versions import actions as drafts


def import_text(consultation: Consultation, *, by: User, file: BinaryIO, name: str) -> Version:
    """Make ``file`` the preview of the draft's next version, in place of a preview that it has.

    Refuses by rules.change_text; raises drafts' ImportRefused for what is no text, and keeps
    nothing of it. Emits drafts' VersionImported.
    """
    require(rules.change_text(by, consultation, now=clock.now()))
    # No lock while the file is read: it may take half a minute, and people may be speaking here.
    imported = importing.read(file, name)
    if consultation.draft is not None:
        return drafts.import_version(consultation.draft, imported, name=name, by=by)
    with action():
        consultation = locked(consultation)
        require(rules.change_text(by, consultation, now=clock.now()))
        if consultation.draft is not None:
            return drafts.import_version(consultation.draft, imported, name=name, by=by)
        version = drafts.import_draft(imported, name=name, title=consultation.title, by=by)
        consultation.draft = version.draft
        consultation.save(update_fields=["draft"])
        return version


def publish_text(consultation: Consultation, *, by: User, is_compared: bool = False) -> Version:
    """Publish the preview: from now on it is the text that everybody reads and speaks of.

    ``is_compared`` as in drafts. Refuses by rules.change_text, ``consultation.no_preview`` and
    drafts' rules.publish. Emits VersionPublished (drafts' and ours).
    """
    with action():
        consultation = locked(consultation)
        require(rules.change_text(by, consultation, now=clock.now()))
        preview = Version.objects.filter(draft=consultation.draft_id).previews().first()
        if preview is None:
            reject("consultation.no_preview", _("There is no new version to publish."))
        version = drafts.publish(preview, is_compared=is_compared, by=by)
        emit(VersionPublished(consultation.pk, by.pk, version.pk))
        return version
