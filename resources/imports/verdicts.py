"""What the editor who runs an import may not do, asked of each row: when it is looked at, and again when it goes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from resources.importing.errors import RowError
from resources.importing.pages import own_key, with_keys
from resources.importing.rows import ImportRow
from resources.imports.permissions import Allowed, locked_or_in_review, pages_that_may
from resources.models import ResourcePage
from resources.roles.limits import limits_of, named_countries

_AT_ONCE = 500


def refused(rows: Sequence[ImportRow], user: Any, *, publish: bool) -> Iterator[RowError]:
    """Why somebody may not write some of the rows, one reason a row. Each row comes after the one that it translates,
    as `link` puts them. `publish`: they would be published at once.
    """
    judge = _Judge(user, publish, Allowed(user))
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        places = _Places.of(some, user)
        for row in some:
            wrong = judge.wrong_with(row, places)
            if wrong is not None:
                judge.refused[row.key] = row.line
                yield RowError(row.line, *wrong, row.key)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the library. `work` is the one that it belongs to before the import."""

    pk: int
    language: str
    work: str
    live: bool


@dataclass(slots=True)
class _Places:
    """The pages that some rows lead to, found as `Writer` finds them, and what somebody may do with them."""

    own: dict[tuple[str, str], _Page] = field(default_factory=dict)
    """By key and language: what a row brings up to date."""
    named: dict[str, _Page] = field(default_factory=dict)
    """By key: what rows translate."""
    aliases: dict[tuple[str, str], _Page] = field(default_factory=dict)
    """By work and language: what stands in for a page that isn't there, until a row makes one of it."""
    editable: frozenset[int] = frozenset()
    publishable: frozenset[int] = frozenset()
    locked: frozenset[int] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[ImportRow], user: Any) -> _Places:
        places = cls()
        keys = {key for row in rows for key in (row.key, row.translation_of) if key}
        pages = ResourcePage.objects.filter(with_keys(keys), alias_of=None).order_by("pk")
        for key, page in _read(pages):
            places.own.setdefault((key, page.language), page)
            places.named.setdefault(key, page)
        works = {page.work for page in places.named.values()}
        for _key, page in _read(ResourcePage.objects.filter(translation_key__in=works, alias_of__isnull=False)):
            places.aliases[page.work, page.language] = page
        every = [page.pk for some in (places.own, places.named, places.aliases) for page in some.values()]
        there = ResourcePage.objects.filter(pk__in=every)
        places.editable = frozenset(pages_that_may(user, "change", there).values_list("pk", flat=True))
        places.publishable = frozenset(pages_that_may(user, "publish", there).values_list("pk", flat=True))
        places.locked = locked_or_in_review(every, user)
        return places


def _read(pages: Any) -> Iterator[tuple[str, _Page]]:
    columns = ("import_key", "pk", "locale__language_code", "translation_key", "live")
    for key, pk, language, work, live in pages.values_list(*columns):
        yield key or own_key(pk), _Page(pk, language, str(work), live)


@dataclass(slots=True)
class _Judge:
    user: Any
    publish: bool
    allowed: Allowed
    refused: dict[str, int] = field(default_factory=dict)
    """The lines of the rows that may not go in, by their keys."""
    _moved: dict[int, str] = field(default_factory=dict)
    """The works that pages belong to by the rows before."""
    _made: dict[str, str] = field(default_factory=dict)
    _countries: dict[str, frozenset[str]] = field(default_factory=dict)

    def wrong_with(self, row: ImportRow, places: _Places) -> tuple[str, str] | None:
        """(column, reason); None when he may."""
        source = places.named.get(row.translation_of)
        if row.translation_of in self.refused and source is None:
            line = self.refused[row.translation_of]
            return "translation_of", _("The row that it translates, on line %(line)s, can’t go in.") % {"line": line}
        own = places.own.get((row.key, row.language))
        page, work = own, self._work(row, own, source)
        if page is None and source is not None:
            page = places.aliases.get((work, row.language))
        # A page changes its work at once, whether or not visitors see it: a draft of that is not kept.
        joins = bool(row.translation_of) and (own is None or self._moved.get(own.pk, own.work) != work)
        wrong = self._of_source(source, places, joins=joins) or self._of_page(row, page, places, joins=joins)
        wrong = wrong or self._of_files(row) or self._of_countries(row, page, source)
        if wrong is None:
            self._made[row.key] = work
            if page is not None:
                self._moved[page.pk] = work
        return wrong

    def _work(self, row: ImportRow, own: _Page | None, source: _Page | None) -> str:
        """The work that the row's page will belong to."""
        if source is not None:
            return self._moved.get(source.pk, source.work)
        if row.translation_of:
            return self._made.get(row.translation_of, f"new {row.translation_of}")
        return self._moved.get(own.pk, own.work) if own else f"new {row.key}"

    def _of_source(self, source: _Page | None, places: _Places, *, joins: bool) -> tuple[str, str] | None:
        """What a row translates gives it what its own cells leave empty, from drafts too, and gets a version more."""
        if source is None:
            return None
        if source.pk not in places.editable:
            return "translation_of", _("You may not change this page.")
        if joins and source.live and source.pk not in places.publishable:
            return "translation_of", _("You may not publish this page.")
        return None

    def _of_page(self, row: ImportRow, page: _Page | None, places: _Places, *, joins: bool) -> tuple[str, str] | None:
        if page is None:
            if row.language not in self.allowed.languages:
                return "", _("You may not add pages to the library in this language.")
            if self.publish and not self.allowed.may_publish_in(row.language):
                return "", _("You may not publish in the library in this language.")
            return None
        if page.pk not in places.editable:
            return "", _("You may not change this page.")
        if page.pk in places.locked:
            return "", _("The page is locked or in moderation.")
        if (self.publish or (joins and page.live)) and page.pk not in places.publishable:
            return "", _("You may not publish this page.")
        return None

    def _of_files(self, row: ImportRow) -> tuple[str, str] | None:
        if row.files or row.captions:
            return None if self.allowed.may_add_files else ("file", _("You may not add files."))
        return None

    def _of_countries(self, row: ImportRow, page: _Page | None, source: _Page | None) -> tuple[str, str] | None:
        if not self.allowed.is_limited or (page is not None and "countries" not in row.columns):
            return None
        countries = frozenset(row.countries) or self._countries_of(row.translation_of, source)
        reason = self.allowed.beyond_his_country(
            row.language, countries, is_there=page is not None, publish=self.publish
        )
        if reason:
            return "countries", reason
        self._countries[row.key] = countries
        return None

    def _countries_of(self, key: str, source: _Page | None) -> frozenset[str]:
        """The countries that an empty cell takes over."""
        if key in self._countries:
            return self._countries[key]
        if source is None:
            return frozenset()
        named = named_countries([source.pk])[source.pk]
        return named.some if named.includes(limits_of(self.user).country) else named.every
