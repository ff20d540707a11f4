"""Actions on the council's pages: adding one, and writing another version of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import reject, require
from newsroom.council_pages import rules
from newsroom.council_pages.markup import words_of
from newsroom.events import PageAdded, PageChanged
from newsroom.models import Page, PageVersion

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """Content of a version."""

    title: str
    text: str
    title_en: str = ""
    text_en: str = ""

    @classmethod
    def of(cls, version: PageVersion) -> PageText:
        return cls(
            title=version.title,
            text=version.text,
            title_en=version.title_en,
            text_en=version.text_en,
        )

    def cleaned(self) -> PageText:
        """Normalise line ends to Unix and strip surrounding space."""
        return PageText(
            **{name: value.replace("\r\n", "\n").strip() for name, value in asdict(self).items()}
        )


def add(slug: str, text: PageText, *, by: User, reason: str = "") -> Page:
    """Add a page. Refuses by rules.add. Emits PageAdded."""
    text = text.cleaned()
    with action():
        is_taken = Page.objects.filter(slug=slug).exists()
        english = {"title_en": text.title_en, "text_en": text.text_en}
        require(rules.add(by, slug=slug, is_taken=is_taken, **english))
        try:
            with transaction.atomic():
                page = Page.objects.create(slug=slug)
        except IntegrityError:
            reject("page.address_taken", _("There is a page at this address already."))
        version = _write(page, text, number=1, by=by, reason=reason.strip() or _("First version"))
        created(page)
        emit(PageAdded(page.pk, by.pk, version.pk))
        return page


def change(page: Page, text: PageText, *, by: User, reason: str) -> PageVersion:
    """Write a new version of a page; the former one can still be read. Refuses by rules.change.
    Emits PageChanged."""
    text = text.cleaned()
    with action():
        page = locked(page)
        newest = page.versions.latest("number")
        require(
            rules.change(
                by,
                has_changed=text != PageText.of(newest).cleaned(),
                reason=reason,
                title_en=text.title_en,
                text_en=text.text_en,
            )
        )
        version = _write(page, text, number=newest.number + 1, by=by, reason=reason.strip())
        created(version)
        emit(PageChanged(page.pk, by.pk, version.pk))
        return version


def _write(page: Page, text: PageText, *, number: int, by: User, reason: str) -> PageVersion:
    """The page's next version, which it says from now on."""
    version = PageVersion.objects.create(
        page=page, number=number, by=by, reason=reason, **asdict(text)
    )
    page.current = version
    page.search = words_of(text.title, text.text, text.title_en, text.text_en)
    page.save(update_fields=["current", "search"])
    return version
