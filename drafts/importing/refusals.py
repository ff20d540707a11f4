"""Refusals of files: one coded, plain sentence each."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_MESSAGES: dict[str, str | Promise] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 20 MB. Remove pictures from it and save it again."),
    "too_long": _("The text is too long to be discussed as one draft. Split it into parts."),
    "too_complex": _("The file is too complicated. Save it again and try once more."),
    "zip_bomb": _("The file unpacks to an unreasonable size, so it was not opened."),
    "damaged": _("The file is damaged and cannot be read."),
    "encrypted": _("The file is protected by a password. Save it without one."),
    "macros": _("The file contains macros. Save it as an ordinary .docx document."),
    "old_word": _(
        "This is a document of an old Word (.doc). Save it as .docx, or ask the administrator of "
        "this server to install LibreOffice: then such documents are converted here."
    ),
    "open_document": _(
        "This is an OpenDocument text (.odt). Save it as .docx, or ask the administrator of this "
        "server to install LibreOffice: then such documents are converted here."
    ),
    "conversion_failed": _(
        "LibreOffice could not convert the file. Open it in Word or LibreOffice and save it as "
        ".docx."
    ),
    "conversion_timeout": _(
        "The file takes too long to convert. Open it in Word or LibreOffice and save it as .docx."
    ),
    "conversion_busy": _("Other documents are being converted. Try again in a minute."),
    "pdf_scan": _(
        "This PDF is a scan: its pages are pictures and hold no text. Import the .docx it came "
        "from."
    ),
    "pdf_recognised": _(
        "This PDF is a scan: the words behind its pictures were recognised by a machine. Import "
        "the .docx it came from, or a .txt file with the words once you have checked them."
    ),
    "pdf_scripts": _(
        "This PDF runs scripts or opens other files, so it was not read. Print it to a PDF anew, "
        "or import the .docx it came from."
    ),
    "pdf_pages": _("This PDF has more than 400 pages. Split it, or import the .docx it came from."),
    "pdf_slow": _(
        "This PDF takes too long to read. Print it to a PDF anew, or import the .docx it came from."
    ),
    "pdf_letters": _(
        "The letters of this PDF cannot be read: its fonts do not say what they are. Import the "
        ".docx it came from."
    ),
    "image": _("This is a picture: there is no text in it. Import the .docx it came from."),
    "rich_text": _("This is an RTF document. Save it as .docx."),
    "unsupported": _(
        "We read .docx, .doc, .odt, .html, .txt, Markdown and PDF files. Save the text as one of "
        "them."
    ),
    "binary": _("This is not a text file."),
    "encoding": _("The letters of the file cannot be read. Save it in UTF-8."),
    "entities": _("The file defines its own XML entities, so it was not opened."),
    "no_text": _("There is no text in the file: it may be a scan put into a document."),
}


class ImportRefused(Exception):
    """A file was refused; nothing of it is kept.

    `code` is stable and for machines (`"zip_bomb"`), `message` is a translated sentence.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = _MESSAGES[code]

    def __str__(self) -> str:
        return str(self.message)
