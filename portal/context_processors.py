"""What every page of the portal needs: the header's links, the languages, and where this page stands in each."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from portal.addresses import in_language, without_page_number
from search.languages import LANGUAGE_CODES, LANGUAGES

MENU_DEPTH = 3  # root, home, section


@dataclass(frozen=True, slots=True)
class MenuItem:
    title: str
    url: str
    language: str
    current: bool


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page with the interface in another language. `exists`: what it says is there in that language too."""

    code: str
    native: str
    url: str
    current: bool
    exists: bool


@dataclass(frozen=True, slots=True)
class LanguageSwitch:
    """`partly`: in some of the languages only the interface is there."""

    links: list[LanguageLink]
    partly: bool


class Portal:
    """Read by templates as `portal`. Nothing is asked of the database before a template wants it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def language(self) -> str:
        """The interface's language, always one of the portal's."""
        active = get_language() or "en"
        return active if active in LANGUAGE_CODES else "en"

    @cached_property
    def home_url(self) -> str:
        return f"/{self.language}/"

    @cached_property
    def search_url(self) -> str:
        return reverse("search")

    @cached_property
    def base_url(self) -> str:
        """Scheme and host of this request, without a slash at its end."""
        return self._request.build_absolute_uri("/").rstrip("/")

    @cached_property
    def menu(self) -> list[MenuItem]:
        """The pages below the home page that editors show in menus, what has no translation in English; and the reading
        packs.
        """
        rows = (
            Page.objects.live()
            .in_menu()
            .filter(depth=MENU_DEPTH, locale__language_code__in={self.language, "en"})
            .order_by("path")
            .values_list("translation_key", "title", "slug", "locale__language_code")
        )
        found: dict[object, tuple[str, str, str]] = {}
        # In the order of the English pages, each told in the reader's language where it can be.
        for key, title, slug, language in sorted(rows, key=lambda row: row[3] != "en"):
            if key not in found or language == self.language:
                found[key] = (title, slug, language)
        packs = (gettext("Reading packs"), "packs", self.language)
        return [
            MenuItem(title, url, language, self._request.path.startswith(url))
            for title, slug, language in (*found.values(), packs)
            for url in (f"{self.home_url}{slug}/",)
        ]

    def switch(self, existing: dict[str, str] | None = None) -> LanguageSwitch:
        """This page in each language.

        `existing` are the addresses of its translations by language; None: it is there in all.
        """
        path = without_page_number(self._request)
        links = [
            LanguageLink(
                code=language.code,
                native=language.native,
                url=(existing or {}).get(language.code) or in_language(path, language.code),
                current=language.code == self.language,
                exists=existing is None or language.code in existing,
            )
            for language in LANGUAGES
        ]
        return LanguageSwitch(links, partly=any(not link.exists for link in links))


def portal(request: HttpRequest) -> dict[str, Portal]:
    return {"portal": Portal(request)}
