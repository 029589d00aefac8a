"""All that the search page shows, ready for its template: every state of it is a plain address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.forms import PAGE_SIZE, Bound, Left
from search.types import Facet, SearchQuery, SearchResults, Sort

_SORT_LABELS: Mapping[Sort, str | Promise] = {
    Sort.RELEVANCE: gettext_lazy("Relevance"),
    Sort.NEWEST: gettext_lazy("Newest"),
    Sort.TITLE: gettext_lazy("Title"),
}
_AROUND = 2
"""Numbers of pages shown on each side of the current one."""


@dataclass(frozen=True, slots=True)
class PageValue:
    """A value of a facet. `url` chooses it, or takes it out if it is `selected`. `depth` is its level in a tree."""

    value: str
    label: str
    count: int
    selected: bool
    depth: int
    url: str


@dataclass(frozen=True, slots=True)
class PageFacet:
    name: str
    label: str
    values: tuple[PageValue, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on; `url` is the page without it."""

    facet: str
    value: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a row of links. A `number` of 0 stands for the pages left out."""

    label: str
    url: str
    current: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class PageLinks:
    """`previous` and `next` are addresses, "" where there is none; `numbers` hold the first, the last and
    those around.
    """

    previous: str
    next: str
    numbers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What `search/search.html` is given, as `page`-independent names of its context.

    `kept` are (name, value) pairs for hidden fields: a new text keeps the filters. `first` and `last` count the hits on
    this page, 0 where there are none. `notes` are sentences on what was left out. `suggestions` are (text, address).
    """

    results: SearchResults
    query: str
    facets: tuple[PageFacet, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    sort_links: tuple[Link, ...]
    page_links: PageLinks | None
    notes: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    suggestions: tuple[tuple[str, str], ...]
    first: int
    last: int

    def context(self) -> dict[str, object]:
        """The template's context: each of the names above."""
        return {name: getattr(self, name) for name in self.__slots__}


def search_page(path: str, bound: Bound, results: SearchResults) -> SearchPage:
    """The page at `path` that shows `results`."""
    query = results.query
    addresses = _Addresses(path, query)
    first = (query.page - 1) * query.page_size + 1 if results.hits else 0
    facets = tuple(_facet(facet, addresses) for facet in results.facets)
    return SearchPage(
        results=results,
        query=query.text,
        facets=facets,
        chips=_chips(facets, query),
        clear_url=addresses.to(filters={}),
        sort_links=tuple(
            Link(str(label), addresses.to(sort=sort), current=sort is query.sort)
            for sort, label in _SORT_LABELS.items()
        ),
        page_links=_page_links(results, addresses),
        notes=_notes(bound, results),
        kept=addresses.kept,
        suggestions=tuple((text, addresses.to(text=text)) for text in results.suggestions),
        first=first,
        last=first + len(results.hits) - 1 if results.hits else 0,
    )


class _Addresses:
    """Addresses of the page in other states. A change of what is asked leads to the first page of the answer."""

    def __init__(self, path: str, query: SearchQuery) -> None:
        self._path = path
        self._query = query
        self._text = [("q", query.text)] if query.text else []
        self._size = [("page_size", str(query.page_size))] if query.page_size != PAGE_SIZE else []
        self._sort = [("sort", str(query.sort))] if query.sort is not Sort.RELEVANCE else []

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        return (*_pairs(self._query.filters), *self._sort, *self._size)

    def to(
        self,
        *,
        text: str | None = None,
        filters: Mapping[str, Sequence[str]] | None = None,
        sort: Sort | None = None,
        page: int = 1,
    ) -> str:
        asked = self._text if text is None else [("q", text)]
        order = self._sort if sort is None else [("sort", str(sort))] if sort is not Sort.RELEVANCE else []
        number = [("page", str(page))] if page > 1 else []
        chosen = _pairs(self._query.filters if filters is None else filters)
        query = urlencode([*asked, *chosen, *order, *self._size, *number])
        return f"{self._path}?{query}" if query else self._path

    def toggles(self, facet: str, values: Sequence[str]) -> list[str]:
        """For each of `values` of a facet, the address at which it is chosen, or no longer is."""
        chosen = tuple(self._query.filters.get(facet, ()))
        others = {name: found for name, found in self._query.filters.items() if name != facet}
        base = self.to(filters=others)
        joint = "&" if "?" in base else "?"
        addresses = []
        for value in values:
            left = tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)
            tail = urlencode([(facet, each) for each in left])
            addresses.append(f"{base}{joint}{tail}" if tail else base)
        return addresses


def _pairs(filters: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in filters.items() for value in values]


def _facet(facet: Facet, addresses: _Addresses) -> PageFacet:
    urls = addresses.toggles(facet.name, [value.value for value in facet.values])
    values = tuple(
        PageValue(each.value, each.label, each.count, each.selected, each.depth, url)
        for each, url in zip(facet.values, urls, strict=True)
    )
    return PageFacet(facet.name, facet.label, values, sum(value.selected for value in values))


def _chips(facets: Sequence[PageFacet], query: SearchQuery) -> tuple[Chip, ...]:
    found = {(facet.name, value.value): value for facet in facets for value in facet.values if value.selected}
    return tuple(
        Chip(name, value, found[name, value].label, found[name, value].url)
        for name, value in _pairs(query.filters)
        if (name, value) in found
    )


def _page_links(results: SearchResults, addresses: _Addresses) -> PageLinks | None:
    page, pages = results.query.page, results.pages
    if pages == 1 and page == 1:
        return None
    shown = sorted({1, pages, *range(max(1, page - _AROUND), min(pages, page + _AROUND) + 1)})
    numbers: list[Link] = []
    for number in shown:
        if numbers and number > numbers[-1].number + 1:
            numbers.append(Link("…", ""))
        numbers.append(Link(str(number), addresses.to(page=number), current=number == page, number=number))
    return PageLinks(
        previous=addresses.to(page=min(page - 1, pages)) if page > 1 else "",
        next=addresses.to(page=page + 1) if page < pages else "",
        numbers=tuple(numbers),
    )


def _notes(bound: Bound, results: SearchResults) -> tuple[str, ...]:
    notes = []
    if not results.available:
        notes.append(_("Search is not available at the moment. You can still browse by country and theme."))
    labels = {facet.name: facet.label for facet in results.facets}
    for facet, value in results.ignored:
        words = {"facet": labels.get(facet, facet), "value": value}
        notes.append(_("The filter “%(facet)s: %(value)s” is not known here and was left out.") % words)
    for what, value in bound.left_out:
        notes.append(_left_out(what, value))
    if results.any_word:
        notes.append(_("Nothing holds all of these words. These results hold some of them."))
    if results.fuzzy:
        notes.append(_("Nothing holds these words as written. These results hold similar ones."))
    if results.past_the_end and results.available:
        words_of_page = {"page": results.query.page, "pages": results.pages}
        notes.append(_("There is no page %(page)s: the last page is %(pages)s.") % words_of_page)
    return tuple(notes)


def _left_out(what: Left, value: str) -> str:
    match what:
        case Left.PAGE:
            return _("“%(value)s” is not a page number. This is the first page.") % {"value": value}
        case Left.PAGE_SIZE:
            return _("“%(value)s” is not a number of results. The usual number is shown.") % {"value": value}
        case Left.SORT:
            return _("“%(value)s” is not an order of results. They are sorted by relevance.") % {"value": value}
        case Left.TEXT:
            return _("Your search text is very long. Only its beginning was used.")
