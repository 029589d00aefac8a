"""Files that are two kinds at once: refused, or served as the one that runs nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.images.forms import get_image_form

from resources.extraction import jobs
from resources.models import PortalDocument, PortalImage
from resources.uploads import check_upload
from tests.resources.extraction import hostile, office_files

SCRIPT = b"<html><script>alert(document.domain)</script></html>"
JAR = office_files.packed({"META-INF/MANIFEST.MF": "Manifest-Version: 1.0", "Evil.class": "\xca\xfe\xba\xbe"})


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(out, "GIF")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", SCRIPT + hostile.simple()),
        ("a.pdf", JAR + hostile.simple()),
        ("a.pdf", gif() + hostile.simple()),
        ("a.docx", hostile.simple() + office_files.word()),
        ("a.docx", JAR),
        ("a.docx", SCRIPT + office_files.word()),
        ("a.epub", gif() + office_files.book("<p>x")),
        ("a.html", hostile.simple() + SCRIPT),
        ("a.html", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.vtt", SCRIPT),
        ("a.mp4", SCRIPT),
    ],
)
def test_what_another_program_would_take_for_something_else_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(ValidationError) as problem:
        check_upload(SimpleUploadedFile(name, data), name)
    assert problem.value.code == "disguised"


@pytest.mark.django_db
@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("name", "data", "kind", "in_place"),
    [
        ("a.pdf", hostile.simple() + SCRIPT + JAR, "application/pdf", True),
        ("a.html", SCRIPT, "text/html", False),
        ("a.epub", office_files.book(SCRIPT.decode() + "x"), "application/epub+zip", False),
    ],
)
def test_what_is_kept_runs_nothing(client: Client, name: str, data: bytes, kind: str, in_place: bool) -> None:
    check_upload(SimpleUploadedFile(name, data), name)
    document = PortalDocument(title="A file", file=ContentFile(data, name=name))
    with jobs.held():
        document.save()
    jobs.extract(document)
    document.refresh_from_db()
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    answer: Any = client.get(document.url)
    assert answer.status_code == 200
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
    assert answer["Content-Disposition"].startswith("inline" if in_place else "attachment")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert in_place or "sandbox" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("data", [gif() + JAR, gif() + SCRIPT], ids=["gifar", "page"])
def test_what_hangs_on_an_image_is_not_in_what_visitors_get(data: bytes) -> None:
    form = get_image_form(PortalImage)(
        {"title": "x", "collection": "1"}, {"file": SimpleUploadedFile("a.gif", data, "image/gif")}
    )
    assert form.is_valid() or "file" in form.errors
    if not form.is_valid():
        return
    image = form.save()
    with image.get_rendition("width-10|format-webp").file.open("rb") as shown:
        made = shown.read()
    assert b"Evil.class" not in made
    assert b"<script" not in made
