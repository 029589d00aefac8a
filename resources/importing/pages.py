"""One checked row → its page: made, or brought up to date; a draft, or published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from wagtail.models import Locale

from resources.importing import markdown
from resources.importing.documents import Documents
from resources.importing.files import is_captions
from resources.importing.new_pages import add_pages
from resources.importing.rows import ImportRow
from resources.importing.slugs import Slugs
from resources.importing.summary import summary_of
from resources.models import RESOURCE_TYPES, Concept, Country, LibraryPage, ResourceFile, ResourcePage, ResourceTheme
from resources.tree import library_for
from search.indexing import outbox

MODELS = {model.type_slug: model for model in RESOURCE_TYPES}
# The columns that are one field each, and the field.
FIELDS = {"year": "year", "authors": "authors", "publisher": "publisher", "licence": "licence", "url": "source_url"}
IDENTIFIERS = ("doi", "isbn")
_OWN_KEY = re.compile(r"page-(\d{1,15})")


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a row: its page, with the revision that it had before and the one that it has now; which work it
    belonged to and whether visitors saw it before.
    """

    outcome: Outcome
    page: int
    before: int | None = None
    after: int | None = None
    work_before: str = ""
    was_live: bool = False
    had_changes: bool = False


@dataclass(frozen=True, slots=True)
class _New:
    row: ImportRow
    page: ResourcePage
    parent: LibraryPage


@dataclass(slots=True)
class Writer:
    """Writes rows to the library, in one import. What all rows need is read once. `user` is who imports, if known;
    `source` is the repository that the rows were fetched from.
    """

    publish: bool
    documents: Documents
    slugs: Slugs
    concepts: dict[str, Concept]
    members: frozenset[str]
    user: Any = None
    source: str = ""
    _countries: dict[str, Country] = field(default_factory=dict)
    _libraries: dict[str, LibraryPage] = field(default_factory=dict)
    _locales: dict[str, Locale] = field(default_factory=dict)

    def write(self, rows: Sequence[ImportRow]) -> dict[str, Written]:
        """Make or update the pages of some rows, by their keys: all, or none when it raises. Inside a transaction.

        Raises ValidationError for what a page can't hold, and LookupError for a row that translates nothing.
        """
        written: dict[str, Written] = {}
        waiting: dict[str, _New] = {}
        pages = ResourcePage.objects.filter(with_keys([row.key for row in rows]), alias_of=None)
        there = {key or own_key(pk) for key, pk in pages.values_list("import_key", "pk")}
        for row in rows:
            if row.translation_of in waiting:
                written |= self._add(waiting)
            source = self._source(row)
            page = page_of(row.key, row.language) if row.key in there else None
            stood_in = page is None and source is not None
            page = page or self._stand_in(row, source)
            if page is not None:
                written[row.key] = self._update(page, row, source, is_alias=stood_in)
            else:
                waiting[row.key] = self._new(row, source)
        return written | self._add(waiting)

    def unpublish(self, key: str) -> Written | None:
        """Unpublish the page of a row that its source has deleted; None when visitors see none.

        Raises ValidationError for who may not.
        """
        found = ResourcePage.objects.filter(import_key=key, alias_of=None, live=True).order_by("pk").first()
        if found is None:
            return None
        page = found.specific
        if self.user is not None and not page.permissions_for_user(self.user).can_unpublish():
            raise ValidationError(_("You may not unpublish this page."))
        if self.user is not None and page.workflow_in_progress:
            raise ValidationError(_("The page is locked or in moderation."))
        before, work, had_changes = page.live_revision_id, page.work, page.has_unpublished_changes
        page.unpublish(user=self.user)
        return Written(Outcome.UNPUBLISHED, page.pk, before, page.latest_revision_id, work, True, had_changes)

    def _add(self, waiting: dict[str, _New]) -> dict[str, Written]:
        """Save the new pages together."""
        add_pages([(new.page, new.parent) for new in waiting.values()], publish=self.publish, user=self.user)
        written = {
            key: Written(Outcome.CREATED, new.page.pk, after=new.page.latest_revision_id)
            for key, new in waiting.items()
        }
        waiting.clear()
        return written

    def _new(self, row: ImportRow, source: ResourcePage | None) -> _New:
        page = MODELS[row.type](import_key=row.key, import_source=self.source, locale=self._locale(row.language))
        if source is not None:
            page.translation_key = source.translation_key
        self._fill(page, row, source, is_new=True)
        parent = self._library(row.language)
        page.slug = self._slug(page, row, source, parent)
        return _New(row, page, parent)

    def _update(self, there: ResourcePage, row: ImportRow, source: ResourcePage | None, *, is_alias: bool) -> Written:
        page = there.get_latest_revision_as_object()
        before = _state(page)
        work_before, was_live, had_changes = there.work, there.live, there.has_unpublished_changes
        relinked = source is not None and source.translation_key != there.translation_key
        if relinked and source is not None:
            outbox.enqueue(there.work)
            ResourcePage.objects.filter(pk=there.pk).update(translation_key=source.translation_key)
            page.translation_key = source.translation_key
            outbox.enqueue(page.work)
        earlier = there.latest_revision_id
        if self.source and not there.import_source:
            ResourcePage.objects.filter(pk=there.pk).update(import_source=self.source)
            page.import_source = self.source
        self._fill(page, row, source, is_new=False)
        is_pending = self.publish and (not there.live or there.has_unpublished_changes)
        if _state(page) == before and not relinked and not is_pending:
            return Written(Outcome.UNCHANGED, there.pk)
        if earlier is None and not is_alias:
            # A page that no editor ever saved has no revision to go back to.
            earlier = there.save_revision(clean=False, changed=False).pk
        revision = page.save_revision(user=self.user)
        if self.publish:
            revision.publish(user=self.user)
        return Written(Outcome.UPDATED, there.pk, earlier, revision.pk, work_before, was_live, had_changes)

    def _slug(self, page: ResourcePage, row: ImportRow, source: ResourcePage | None, parent: LibraryPage) -> str:
        if source is not None and not parent.get_children().filter(slug=source.slug).exists():
            return source.slug
        return self.slugs.give(row.title, page.work, row.type)

    def _stand_in(self, row: ImportRow, source: ResourcePage | None) -> ResourcePage | None:
        """The alias by which the original stands in this language until now; the row makes a page of it."""
        if source is None:
            return None
        aliases = ResourcePage.objects.filter(translation_key=source.translation_key, alias_of__isnull=False)
        alias = aliases.filter(locale__language_code=row.language).first()
        if alias is None:
            return None
        ResourcePage.objects.filter(pk=alias.pk).update(alias_of=None, import_key=row.key, import_source=self.source)
        outbox.enqueue(source.work)
        return page_of(row.key, row.language)

    def _fill(self, page: ResourcePage, row: ImportRow, source: ResourcePage | None, *, is_new: bool) -> None:
        """Set what the table has columns for. Where a translation's cell is empty, what its original says holds for
        it.
        """

        def has(column: str) -> bool:
            return is_new or column in row.columns

        page.title = page.draft_title = row.title
        if has("summary"):
            page.summary = summary_of(row)
        if has("body"):
            _set_body(page, markdown.to_blocks(row.body))
        for column, name in FIELDS.items():
            if has(column):
                value = getattr(row, column)
                setattr(page, name, value or (getattr(source, name) if source else value))
        for name in IDENTIFIERS:
            # Only publications have them.
            if has(name) and hasattr(page, name):
                setattr(page, name, getattr(row, name) or (getattr(source, name, "") if source else ""))
        if has("countries"):
            page.countries = self._some_countries(row.countries) or (list(source.countries.all()) if source else [])
        if has("themes"):
            slugs = row.themes or (_themes(source) if source else ())
            if tuple(slugs) != _themes(page):
                page.resource_themes = [
                    ResourceTheme(concept=self.concepts[slug], sort_order=position)
                    for position, slug in enumerate(slugs)
                ]
        self._set_files(page, row)

    def _set_files(self, page: ResourcePage, row: ImportRow) -> None:
        """What a cell names takes the place of what was there of its sort; an empty cell leaves it."""
        wanted = [self.documents.take(path, _file_title(row, path)).pk for path in (*row.files, *row.captions)]
        kept = [item for item in page.resource_files.all() if self._stays(item, row)]
        named = {item.document_id: item for item in page.resource_files.all()}
        files = [named.get(pk) or ResourceFile(document_id=pk) for pk in dict.fromkeys(wanted)]
        files += [item for item in kept if item.document_id not in wanted]
        if [item.document_id for item in files] == [item.document_id for item in page.resource_files.all()]:
            return
        for position, item in enumerate(files):
            item.sort_order = position
        page.resource_files = files

    def _stays(self, item: ResourceFile, row: ImportRow) -> bool:
        return not (row.captions if is_captions(Path(item.document.filename)) else row.files)

    def _source(self, row: ImportRow) -> ResourcePage | None:
        """The page that a row translates, as its editors see it."""
        if not row.translation_of:
            return None
        found = ResourcePage.objects.filter(with_keys([row.translation_of]), alias_of=None).order_by("pk").first()
        if found is None:
            # The row that it translates was checked, but could not be saved.
            raise LookupError(row.translation_of)
        source: ResourcePage = found.specific.get_latest_revision_as_object()
        return source

    def _some_countries(self, codes: Iterable[str]) -> list[Country]:
        for code in codes:
            if code not in self._countries:
                country, _made = Country.objects.get_or_create(code=code, defaults={"is_member": code in self.members})
                self._countries[code] = country
        return [self._countries[code] for code in codes]

    def _library(self, language: str) -> LibraryPage:
        if language not in self._libraries:
            self._libraries[language] = library_for(language)
        return self._libraries[language]

    def _locale(self, language: str) -> Locale:
        if language not in self._locales:
            self._locales[language] = self._library(language).locale
        return self._locales[language]

    def forget_unsaved(self) -> None:
        """After a row was rolled back: what it had made is gone."""
        self._countries.clear()
        self._libraries.clear()
        self._locales.clear()
        self.documents.forget_unsaved()


def page_of(key: str, language: str) -> ResourcePage | None:
    """The page of a row, if it has one: several pages carry a key when they were copied or translated in the admin."""
    pages = ResourcePage.objects.filter(with_keys([key]), locale__language_code=language, alias_of=None)
    found = pages.order_by("pk").first()
    return found.specific if found else None


def with_keys(keys: Iterable[str]) -> Q:
    """The pages that rows with these ids mean. One that never had an id goes by its number, as `own_key` writes it."""
    own = [int(found.group(1)) for key in keys if (found := _OWN_KEY.fullmatch(key))]
    return Q(import_key__in=list(keys)) | Q(import_key="", pk__in=own)


def own_key(page: int) -> str:
    """The id of a page that has none of its own, in what is exported to be imported again."""
    return f"page-{page}"


def _set_body(page: ResourcePage, blocks: Sequence[markdown.Block]) -> None:
    """Blocks keep their ids where nothing changed, so that their translations and comments stay with them."""
    body = page._meta.get_field("body").to_python(list(blocks))
    if _without_ids(body.get_prep_value()) != _without_ids(page.body.get_prep_value()):
        page.body = body


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_ids(item) for key, item in value.items() if key != "id"}
    return value


def _themes(page: ResourcePage) -> tuple[str, ...]:
    return tuple(item.concept.slug for item in page.resource_themes.all())


def _state(page: ResourcePage) -> tuple[Any, ...]:
    """All that an import can change of a page."""
    return (
        page.title,
        page.summary,
        _without_ids(page.body.get_prep_value()),
        tuple(getattr(page, name) for name in FIELDS.values()),
        tuple(getattr(page, name, "") for name in IDENTIFIERS),
        sorted(_keys(page.countries.all())),
        _themes(page),
        [item.document_id for item in page.resource_files.all()],
    )


def _keys(objects: Iterable[Model]) -> list[str]:
    return [str(item.pk) for item in objects]


def _file_title(row: ImportRow, path: Path) -> str:
    """What readers see of a file: the work's title; of several, what tells them apart too."""
    return row.title if len(row.files) + len(row.captions) == 1 else f"{row.title} ({path.name})"
