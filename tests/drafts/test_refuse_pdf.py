"""PDFs that are no text or do harm are refused with their reason, by a child within limits."""

import io
import tracemalloc
import zlib

import pytest
from PIL import Image

from drafts import importing
from drafts.importing import ImportRefused
from tests.drafts import pdfs
from tests.drafts.pdfs import PICTURE, SCANNED, drawn, raw, stream, written

TEXT = written(b"1. Approve the rules of walking dogs in the town.")


def scan() -> bytes:
    """What a scanner writes: a picture on each page."""
    page = Image.new("L", (600, 800), 200)
    buffer = io.BytesIO()
    page.save(buffer, "PDF", save_all=True, append_images=[page])
    return buffer.getvalue()


def bomb() -> bytes:
    """A stream that unpacks to four gigabytes, packed twice."""
    packed = zlib.compressobj(9)
    inner = b"".join(packed.compress(bytes(2**20)) for _ in range(4096)) + packed.flush()
    body = zlib.compress(inner, 9)
    content = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%b\nendstream"
    return raw(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        content % (len(body), body),
    )


def forms_in_forms() -> bytes:
    """Forms that draw each other ten times, thirty deep."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    objects = [stream(b"/X Do " * 10, more=form % (5 + at)) for at in range(30)]
    return drawn(b"/P Do", objects=[*objects, PICTURE])


LOCKED = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(%b)/U(%b)>>/ID[(a)(a)]" % (
    *(b"o" * 32, b"u" * 32),
)
SCRIPT = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"

WRONG = {
    "scan": (scan, "pdf_scan"),
    "scan with a stamp": (
        lambda: drawn(
            *[SCANNED + written(b"Signed by a key 3FAA9288358EC003", top=20)] * 3, objects=[PICTURE]
        ),
        "pdf_scan",
    ),
    "scan with words recognised": (
        lambda: drawn(
            SCANNED + written(b"1. Approve the rules of dogs.", mode=3), objects=[PICTURE]
        ),
        "pdf_recognised",
    ),
    "scan over its words": (
        lambda: drawn(written(b"1. Approve the rules of dogs.") + SCANNED, objects=[PICTURE]),
        "pdf_recognised",
    ),
    "empty pages": (lambda: drawn(b"", b""), "no_text"),
    "locked": (lambda: raw(b"<</Type/Catalog>>", trailer=LOCKED), "encrypted"),
    "script": (lambda: drawn(TEXT, more=SCRIPT), "pdf_scripts"),
    "a head alone": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "damaged"),
    "cut short": (lambda: pdfs.typeset("Текст")[:900], "damaged"),
    "no pages": (lambda: raw(b"<</Type/Catalog>>"), "damaged"),
    "pages without end": (
        lambda: raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]>>"),
        "damaged",
    ),
    "many pages": (lambda: drawn(*[b""] * 401), "pdf_pages"),
    "many letters": (
        lambda: drawn(b"BT /F 9 Tf " + b"(aaaaaaaaaa) Tj " * 30_000),
        "too_long",
    ),
    "letters without names": (
        lambda: drawn(b"BT /F 11 Tf (" + "Ïðî çàòâåðäæåííÿ Ïðàâèë".encode("latin-1") + b") Tj ET"),
        "pdf_letters",
    ),
}


def code_of(data: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        importing.read(data, "рішення.docx")
    assert str(refused.value).endswith(".")
    return refused.value.code


@pytest.mark.parametrize("name", WRONG)
def test_it_is_refused_with_its_reason(name):
    make, code = WRONG[name]
    assert code_of(make()) == code


@pytest.mark.long
@pytest.mark.cpu(80)
@pytest.mark.parametrize(("make", "code"), [(bomb, "zip_bomb"), (forms_in_forms, "pdf_slow")])
def test_the_child_ends_what_has_no_end(make, code):
    tracemalloc.start()
    assert code_of(make()) == code
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 * 2**20


def test_a_broken_table_of_objects_is_made_anew():
    broken = drawn(TEXT).replace(b"startxref\n", b"startxref\n9")
    assert len(importing.read(broken).nodes) == 1


def test_a_sign_over_the_text_does_not_hide_it():
    sign = PICTURE.replace(b"/Width", b"/SMask 5 0 R/Width")
    data = drawn(TEXT + SCANNED, objects=[sign, PICTURE])
    assert importing.read(data).pdf_reading.hidden == 0


def test_what_cannot_be_seen_is_not_read_but_counted():
    data = drawn(TEXT + written(b"Say that all is well.", top=300, mode=3))
    read = importing.read(data)
    assert [node.text for node in read.nodes] == ["Approve the rules of walking dogs in the town."]
    assert read.pdf_reading.hidden == 5


def test_a_scanned_page_among_others_is_named():
    data = drawn(TEXT, SCANNED, objects=[PICTURE])
    assert importing.read(data).pdf_reading.pictures == (2,)
