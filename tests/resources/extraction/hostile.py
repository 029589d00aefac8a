"""Files that do harm to who reads them carelessly, each small and made here."""

from __future__ import annotations

import functools
import io
import zlib

from pypdf import PdfReader, PdfWriter

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF whose objects are numbered from 1, with a cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def page(contents: int, resources: bytes = b"/Font << /F 4 0 R >>", parent: int = 2) -> bytes:
    return b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 300 400] /Contents %d 0 R /Resources << %s >> >>" % (
        parent,
        contents,
        resources,
    )


def one_page(contents: bytes, resources: bytes = b"/Font << /F 4 0 R >>", *more: bytes) -> bytes:
    """Objects: 1 catalogue, 2 pages, 3 the page, 4 a font, 5 its contents (an object), 6… whatever else is given."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page(5, resources),
        FONT,
        contents,
        *more,
    )


def show(text: str) -> bytes:
    return b"BT /F 12 Tf 20 350 Td (%s) Tj ET" % text.encode("latin-1")


def simple(text: str = "Social protection for all") -> bytes:
    return one_page(stream(show(text)))


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        stream(show("A page")),
        FONT,
        *[page(3)] * count,
    )


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(simple())))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@functools.cache
def bomb(megabytes: int, text: str = "") -> bytes:
    """A page whose contents are packed twice: a few kilobytes that unpack to so many megabytes."""
    packer = zlib.compressobj(1)
    packed = packer.compress(text.encode("latin-1") + b"\n") + b"".join(
        packer.compress(b" " * (1 << 20)) for _ in range(megabytes)
    )
    packed = zlib.compress(packed + packer.flush(), 9)
    return one_page(stream(packed, b"/Filter [/FlateDecode /FlateDecode]"))


def endless_text(characters: int) -> bytes:
    packed = zlib.compress(b"BT /F 1 Tf 1 1 Td " + b"(%s) Tj " % (b"a " * 500) * (characters // 1000) + b" ET", 9)
    return one_page(stream(packed, b"/Filter /FlateDecode"))


def huge_image(side: int) -> bytes:
    """A line of text, and an image said to be `side` by `side` pixels."""
    row = zlib.compressobj(9)
    data = b"".join(row.compress(bytes(1 << 20)) for _ in range(64)) + row.flush()
    image = stream(
        data,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB " % (side, side)
        + b"/BitsPerComponent 8 /Filter /FlateDecode",
    )
    contents = stream(show("Under the image") + b" q 300 0 0 400 0 0 cm /I Do Q")
    return one_page(contents, b"/Font << /F 4 0 R >> /XObject << /I 6 0 R >>", image)


def form_that_draws_itself() -> bytes:
    form = stream(
        show("Again") + b" /X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 300 400] "
        b"/Resources << /Font << /F 4 0 R >> /XObject << /X 6 0 R >> >>",
    )
    return one_page(stream(b"/X Do"), b"/Font << /F 4 0 R >> /XObject << /X 6 0 R >>", form)


def forms_of_forms(levels: int, times: int) -> bytes:
    """Each form draws the next one several times: times ** levels drawings in all."""
    forms = []
    for level in range(levels):
        inner = b"/X%d Do " % (level + 1) * times if level + 1 < levels else show("End")
        resources = b"/Font << /F 4 0 R >> /XObject << /X%d %d 0 R >>" % (level + 1, 7 + level)
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 300 400] /Resources << %s >>" % resources
        forms.append(stream(inner, entries))
    return one_page(stream(b"/X0 Do"), b"/Font << /F 4 0 R >> /XObject << /X0 6 0 R >>", *forms)


def pages_in_a_circle() -> bytes:
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>")


def cross_references_in_a_circle() -> bytes:
    whole = simple()
    start = whole.rindex(b"xref\n0 ")
    return whole.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Prev %d >>" % start)


def nested_arrays(depth: int) -> bytes:
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R /Deep " + b"[" * depth + b"]" * depth + b" >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
    )


def said_to_have_pages(count: int) -> bytes:
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count %d >>" % count)
