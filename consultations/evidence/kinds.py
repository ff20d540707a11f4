"""Audiences and purposes of evidence bundles."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The audience of a bundle."""

    STAFF = "staff", _("for the council’s staff")
    PUBLIC = "public", _("for everybody")


class Why(models.TextChoices):
    """Why a public bundle is made, and the one before it goes."""

    FIRST = "first", _("the first one")
    ANNOUNCED = "announced", _("the consultation was announced")
    PAPERS = "papers", _("the announcement, a file or a picture was changed or removed")
    DATES = "dates", _("dates were changed")
    VERSION = "version", _("another version of the text was published")
    CLOSED = "closed", _("remarks are accepted no more")
    WITHDRAWN = "withdrawn", _("the consultation was withdrawn")
    REPORT = "report", _("the report was published, or its files were made anew")
    DECISION = "decision", _("the council’s decision was entered or corrected")
    NAMES = "names", _("names were changed or removed")
    HIDDEN = "hidden", _("words were hidden by a moderator")
    RESTORED = "restored", _("hidden words were shown again")
    TAKEN_BACK = "taken_back", _("words were taken back by their author")
    WORDS = "words", _("words were changed or corrected")
    DISPOSITION = "disposition", _("a disposition, or its reason, is not public any more")
