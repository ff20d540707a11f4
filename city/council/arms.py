"""The council's arms as they are published: a PNG or JPEG drawn anew, or an SVG that only draws.

Of an SVG everything is written anew from a list of what may stand in one. What could run, load or
refer to something outside refuses the file; comments, metadata and a drawing program's own
elements and attributes are left out.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from lxml import etree

from core.domain.rules import refuse, reject, require
from core.export import pictures

SVG = "image/svg+xml"
MAX_BYTES = 300_000
#: Pixels of the longer side of a PNG or JPEG; arms are shown 44 high.
LONGEST = 512
ENDINGS = {SVG: "svg", pictures.PNG: "png", pictures.JPEG: "jpg"}

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
#: Elements that only draw.
_DRAWING = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line"),
        *("polyline", "polygon", "text", "tspan", "style", "title", "desc", "linearGradient"),
        *("radialGradient", "stop", "clipPath", "mask", "pattern", "marker"),
    }
)
#: Elements without which nothing is missing from the drawing.
_LEFT_OUT = frozenset({"metadata"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]*")
#: What reaches outside of the file, or hides it: url() of anything but an element of it.
_REACHING = re.compile(
    r"url\(\s*[\"']?\s*(?!#)|image(?:-set)?\(|\bsrc\(|@|\\|expression|javascript:|data:|https?:|//|<",
    re.I,
)

TOO_LARGE = refuse("file.too_large", _("The arms are larger than 300 kB."))
UNSAFE = refuse(
    "arms.unsafe",
    _(
        "This SVG could run or load something, so it cannot be shown. Save it as plain SVG, with "
        "paths and colours alone, or as PNG."
    ),
)


def accept(data: bytes) -> tuple[bytes, str]:
    """The upload as it will be published, and its media type.

    Refuses ``file.empty``, ``file.too_large``, ``file.type``, ``arms.unsafe`` and by
    core.export.pictures.reencode.
    """
    if not data:
        reject("file.empty", _("The file is empty."))
    if len(data) > MAX_BYTES:
        require(TOO_LARGE)
    if pictures.is_picture(data):
        return pictures.reencode(data, longest=LONGEST)
    if b"<svg" not in data:
        reject("file.type", _("Arms are an SVG, PNG or JPEG picture."))
    return _written_anew(data), SVG


def _written_anew(data: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        require(pictures.DAMAGED)
        raise
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in data:
        require(UNSAFE)
    if root.tag not in (f"{{{_SVG}}}svg", "svg"):
        require(UNSAFE)
    drawn = _copy(root)
    if drawn is None or not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        reject("arms.no_size", _("This SVG does not say how large it is (viewBox)."))
    written = bytes(etree.tostring(drawn, encoding="utf-8"))
    if len(written) > MAX_BYTES:  # entities in attributes, other encodings
        require(TOO_LARGE)
    return written


def _copy(node: Any) -> Any:
    """The element with what only draws; None for what is left out."""
    if not isinstance(node.tag, str):
        return None if node.tag in (etree.Comment, etree.ProcessingInstruction) else _unsafe()
    name = etree.QName(node)
    if name.namespace not in (None, _SVG) or name.localname in _LEFT_OUT:
        return None
    if name.localname not in _DRAWING:
        require(UNSAFE)
    made = etree.Element(f"{{{_SVG}}}{name.localname}", nsmap={None: _SVG})
    for key, value in node.attrib.items():
        _copy_attribute(made, key, value)
    made.text = node.text
    for child in node:
        copied = _copy(child)
        if copied is not None:
            copied.tail = child.tail
            made.append(copied)
        elif child.tail:  # what stands behind something left out is none of it
            _append_words(made, child.tail)
    # All of its words are the style sheet, also those behind an element that is none of CSS.
    if name.localname == "style" and (len(made) or _REACHING.search(made.text or "")):
        require(UNSAFE)
    return made


def _append_words(made: Any, words: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + words
    else:
        made.text = (made.text or "") + words


def _copy_attribute(made: Any, key: str, value: str) -> None:
    if key == _XLINK:
        key = "href"
    if key.startswith("{") or ":" in key:
        return  # a drawing program's own
    if not _NAME.fullmatch(key) or key.lower().startswith("on"):
        require(UNSAFE)
    if (key == "href" and not value.strip().startswith("#")) or _REACHING.search(value):
        require(UNSAFE)
    made.set(key, value)


def _unsafe() -> None:
    require(UNSAFE)
