"""The page that stands where a withdrawn work was: 410, with the reason, the date and what takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.models import Page

from resources.access import may_see_page
from resources.models import ResourcePage, ShortId, Withdrawal, WithdrawnVersion
from resources.reader_language import language_distance
from resources.short_addresses import in_interface, short_path

MOST_STEPS = 10
"""So many replacements of replacements are followed."""


@dataclass(frozen=True, slots=True)
class Replacement:
    title: str
    language: str
    url: str


def withdrawal_shown_at(page: Page) -> WithdrawnVersion | None:
    """What is told at the page's address: something only where the page was public when its work was withdrawn."""
    return WithdrawnVersion.objects.filter(page=page.pk).select_related("withdrawal").first()


def gone(page: Page, request: HttpRequest) -> HttpResponse:
    """The notice at the page's own address. The page is withdrawn: `withdrawal_shown_at` finds it."""
    version = WithdrawnVersion.objects.select_related("withdrawal").get(page=page.pk)
    # In the reader's language it may have had another title than the version that stands at this address.
    own = version.withdrawal.versions.filter(language=get_language() or "en").first()
    return _notice(request, version.withdrawal, own or version)


def notice_without_page(withdrawal: Withdrawal, request: HttpRequest) -> HttpResponse:
    """The notice for a work whose pages were deleted since. With them it is forgotten who might see them: of what not
    everyone could see nothing is told.
    """
    reader = get_language() or "en"
    versions = sorted(
        withdrawal.versions.filter(is_open=True), key=lambda version: language_distance(version.language, reader)
    )
    if not versions:
        raise Http404
    return _notice(request, withdrawal, versions[0])


def _notice(request: HttpRequest, withdrawal: Withdrawal, version: WithdrawnVersion) -> HttpResponse:
    sentence, words, language = withdrawal.explanation()
    context = {
        "title": version.title,
        "title_language": version.language,
        "day": withdrawal.withdrawn_on,
        "sentence": sentence,
        "words": words,
        "words_language": language,
        "replacement": _replacement(withdrawal, request),
        "permanent": short_path(ShortId.objects.codes_for([withdrawal.work])[withdrawal.work]),
    }
    response = render(request, "pages/withdrawn.html", context, status=410)
    response["X-Robots-Tag"] = "noindex"
    # What is put back is seen at once.
    response["Cache-Control"] = "no-cache"
    return response


def _replacement(withdrawal: Withdrawal, request: HttpRequest) -> Replacement | None:
    """The work that takes its place, if the visitor may open it; of one that was withdrawn too, what took its place."""
    reader, seen, key = get_language() or "en", {withdrawal.work}, withdrawal.replacement
    while key is not None and key not in seen and len(seen) <= MOST_STEPS:
        pages = sorted(
            open_versions(key, request),
            key=lambda page: language_distance(page.locale.language_code, reader),
        )
        if pages:
            best = pages[0]
            return Replacement(best.title, best.locale.language_code, in_interface(best.get_url() or "", reader))
        seen.add(key)
        key = Withdrawal.objects.filter(work=key).values_list("replacement", flat=True).first()
    return None


def open_versions(work: UUID, request: HttpRequest) -> list[ResourcePage]:
    """The live versions of a work that the visitor may open."""
    pages = ResourcePage.objects.live().filter(translation_key=work, alias_of__isnull=True).select_related("locale")
    return [page for page in pages if page.get_url() and may_see_page(page, request)]
