"""How a work's page tells to cite it: a plain line, a style when it is asked for, files for reference managers."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from resources.interop.citations import CitationFormat, formatted, line
from resources.interop.page_record import record_of
from resources.models import ResourcePage

PARAMETER = "cite"


@dataclass(frozen=True, slots=True)
class CiteLink:
    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Citing:
    """`styles` lead to this page again, with the citation in that style; `files` to downloads, of which a page that
    isn't saved has none.
    """

    html: SafeString | str
    styles: tuple[CiteLink, ...]
    files: tuple[CiteLink, ...]


def citing(page: ResourcePage, request: HttpRequest, permanent: str = "") -> Citing:
    """With the `permanent` address of the work, where that is known. Asks the database nothing.

    A style costs 10 to 60 ms, so that only who asks for one waits for it.
    """
    record = record_of(page, request.build_absolute_uri("/"), timezone.localdate(), permanent=permanent)
    wanted = request.GET.get(PARAMETER, "")
    styles = [form for form in CitationFormat if form.is_style]
    words: SafeString | str = line(record)
    if wanted in {style.value for style in styles}:
        words = mark_safe(formatted([record], wanted, get_language() or "en")[0].html)  # noqa: S308 - tags are its own
    return Citing(
        html=words,
        styles=tuple(CiteLink(style.label, f"?{PARAMETER}={style.value}#cite", style == wanted) for style in styles),
        files=tuple(
            CiteLink(form.label, reverse("cite", args=(page.pk, form.value)))
            for form in CitationFormat
            if page.pk and not form.is_style
        ),
    )
