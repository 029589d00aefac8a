"""How reading packs that editors recommend plug into search: found like works, by what they say and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from resources import source
from resources.packs.addresses import PICTURE_NAME, file_path, short_path
from resources.packs.content import PackContent
from resources.packs.editions import KEY_PREFIX, search_key, shown
from resources.packs.models import EditionWork
from resources.packs.recommended import is_newest, recommended_editions, recommended_packs
from resources.thesaurus import labels
from search import registry
from search.registry import FacetDefinition
from search.types import SearchDocument, Suggestion, WorkText

TYPE = "reading-pack"
"""Packs in the facet of types."""
_AT_ONCE = 500
"""Works asked for in one query."""


class Packs:
    """Recommended packs as a source of works. They have the library's facets and no vocabulary of their own."""

    name = "packs"
    facets: Sequence[FacetDefinition] = ()

    def keys(self) -> Iterable[str]:
        return [search_key(code) for code in recommended_packs().values_list("code", flat=True)]

    def documents(self, works: Iterable[str] | None = None) -> Iterator[SearchDocument]:
        editions = recommended_editions()
        if works is not None:
            # What can be no code isn't asked for: PostgreSQL takes no text with a null character.
            codes = [code_of(work) for work in works if is_pack(work) and code_of(work).isalnum()]
            editions = editions.filter(pack__code__in=codes)
        for edition in editions.iterator(chunk_size=_AT_ONCE):
            content = shown(edition, edition.pack.language, with_passages=False)
            yield document(content, is_newest=is_newest(edition))

    def concept_labels(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return {}

    def suggestions(self, text: str, ui: str, readers: frozenset[str]) -> Iterable[Suggestion]:
        return ()

    def readers(self, user: AbstractBaseUser) -> Iterable[str]:
        return ()


def register() -> None:
    source.add_type(TYPE, _("reading pack"))
    registry.register(Packs())


def is_pack(work: str) -> bool:
    """Whether a key of search is that of a pack."""
    return work.startswith(KEY_PREFIX)


def code_of(work: str) -> str:
    """The code of the pack that search knows by the key `work`."""
    return work.removeprefix(KEY_PREFIX)


def packs_holding(works: Sequence[str]) -> list[str]:
    """The keys of the packs that search may find and that hold one of `works`."""
    wanted = [UUID(work) for work in works]
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        holding = EditionWork.objects.filter(work__in=wanted[start : start + _AT_ONCE], pack__recommended=True)
        found.update(holding.values_list("pack__code", flat=True))
    return sorted(search_key(code) for code in found)


def document(content: PackContent, *, is_newest: bool) -> SearchDocument:
    """What search holds of an edition as it is shown: its words and the titles of its works in its own language. The
    address of a pack leads to its newest edition; one that is not has an address of its own.
    """
    items = content.present
    themes = sorted({theme for item in items for theme in item.themes})
    countries = sorted({country for item in items for country in item.countries})
    said = [section.title for section in content.sections]
    for item in items:
        said += [item.text_for(content.language).title, item.note, *item.questions]
    key = search_key(content.code)
    return SearchDocument(
        work=key,
        version=0,
        texts=(
            WorkText(
                language=content.language,
                title=content.title,
                summary=content.introduction,
                body="\n".join(part for part in [*said, content.maker] if part),
                key=key,
                url=short_path(content.code, None if is_newest else content.number),
            ),
        ),
        date=content.made,
        facets={
            "type": (TYPE,),
            "country": tuple(countries),
            "theme": tuple(sorted({above for slug in themes for above in (slug, *labels.ancestors(slug))})),
            "language": (content.language,),
            "year": (str(content.made.year),),
            "format": ("page",),
        },
        concepts=(*(f"theme:{slug}" for slug in themes), *(f"country:{code}" for code in countries)),
        card={
            "type": TYPE,
            "cover": _cover(content),
            "countries": countries,
            "themes": themes,
            "year": content.made.year,
            "is_demonstration": bool(items) and all(item.is_demonstration for item in items),
            "edition": None if is_newest else content.number,
            "works": len(items),
            "minutes": content.minutes,
            "maker": content.maker,
            "files": [],
        },
    )


def _cover(content: PackContent) -> str:
    picture = next((item.picture for item in content.present if item.picture), "")
    if not picture:
        return ""
    with override(content.language):
        return file_path(content.code, content.number, picture, PICTURE_NAME)
