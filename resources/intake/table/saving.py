"""Saving the table: each cell by itself. What somebody else changed meanwhile stays, or is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from resources.intake.drafting import themes
from resources.intake.remaking import lost_as, remake
from resources.intake.table.rows import Row, concept_slugs, content_of
from resources.intake.table.values import COLUMNS, Value, Vocabulary
from resources.models import Country, PortalDocument, PublicationPage, ResourcePage
from resources.roles import refusal_of_countries

ONLY_PUBLICATIONS = frozenset({"isbn", "doi"})


@dataclass(slots=True)
class Saved:
    """`changed` counts drafts. `errors` are sentences by (page, column), `texts` what was written in those cells, so
    that nothing is lost. `pages` are the new numbers of pages that were made anew. `seen` are the revisions that the
    editor knows, by page: those that were shown, if they are the latest, and those that were saved of them.
    `losing` are the kinds by page that would cost it what it holds: named again, they count.
    """

    changed: int = 0
    errors: dict[tuple[int, str], str] = field(default_factory=dict)
    texts: dict[tuple[int, str], str] = field(default_factory=dict)
    pages: dict[int, int] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    losing: dict[int, str] = field(default_factory=dict)


def save(rows: Sequence[Row], sent: Mapping[str, str], vocabulary: Vocabulary, by: Any) -> Saved:
    """Save what was sent of the table: `<page>-<column>` for cells, `<page>-revision` for the draft they were shown of.

    A cell that was left as shown changes nothing. One that was changed here and elsewhere is an error, once: sent
    again, it counts.
    """
    saved = Saved()
    for row in rows:
        name = str(row.page.pk)
        if f"{name}-revision" not in sent:
            continue
        before = _shown(row, sent[f"{name}-revision"])
        if before is row.values:
            saved.seen[row.page.pk] = row.revision
        changes: dict[str, Value] = {}
        for column in COLUMNS:
            if f"{name}-{column}" not in sent:
                continue
            text = sent[f"{name}-{column}"]
            try:
                value = _merged(row, before, column, text, vocabulary)
            except ValidationError as error:
                saved.errors[row.page.pk, column] = " ".join(error.messages)
                saved.texts[row.page.pk, column] = text
            else:
                if value != row.values[column]:
                    changes[column] = value
        if "type" in changes and changes["type"] != sent.get(f"{name}-losing"):
            _ask_before_losing(row, changes, saved)
        if changes:
            _apply(row, changes, saved, vocabulary, by)
    return saved


def _shown(row: Row, revision: str) -> dict[str, Value] | None:
    """The values that the editor was shown; None if nobody knows any more."""
    if revision == str(row.revision):
        return row.values
    if not revision.isdecimal() or len(revision) > 18:
        return None
    there = Revision.objects.filter(pk=int(revision), object_id=str(row.page.pk)).first()
    return content_of(row.page, there, concept_slugs()) if there is not None else None


def _merged(row: Row, before: dict[str, Value] | None, column: str, text: str, vocabulary: Vocabulary) -> Value:
    """The value that a cell has from now on. Raises ValidationError for a text that is none, and for a clash."""
    now = row.values[column]
    if _plain(text) == _plain(vocabulary.shown(column, now)):
        return now
    if before is not None and _plain(text) == _plain(vocabulary.shown(column, before[column])):
        # It was left as it was shown.
        return now
    value = vocabulary.read(column, text)
    if value == now:
        return now
    if before is None or before[column] != now:
        raise ValidationError(
            _("Somebody changed this to “%(theirs)s” meanwhile. Save again to keep yours."),
            params={"theirs": vocabulary.shown(column, now)[:200]},
        )
    if column in {"type", "language"} and row.is_final:
        raise ValidationError(_("A page that was published keeps its kind and language."))
    return value


def _plain(text: str) -> str:
    return " ".join(text.split())


def _apply(row: Row, changes: dict[str, Value], saved: Saved, vocabulary: Vocabulary, by: Any) -> None:
    if "countries" in changes and (refused := _refusal(row, changes["countries"], by)):
        _note_refused(row, {"countries": changes.pop("countries")}, saved, vocabulary, refused)
        if not changes:
            return
    try:
        if not row.may_edit or row.locked:
            raise PermissionDenied
        with transaction.atomic():
            page = _changed(row, changes, by)
    except PermissionDenied:
        _note_refused(row, changes, saved, vocabulary, _("You may not change this draft now."))
    else:
        saved.changed += 1
        if page.pk != row.page.pk:
            saved.pages[row.page.pk] = page.pk
        if row.page.pk in saved.seen:
            saved.seen[page.pk] = page.latest_revision_id


def _ask_before_losing(row: Row, changes: dict[str, Value], saved: Saved) -> None:
    """Take the kind out of the changes if the draft holds what one of that kind doesn't, and say what."""
    page = row.page.specific.get_latest_revision_as_object()
    for column in ONLY_PUBLICATIONS.intersection(changes):
        setattr(page, column, changes[column])
    kind = str(changes["type"])
    if lost := lost_as(kind, page):
        del changes["type"]
        saved.losing[row.page.pk], saved.texts[row.page.pk, "type"] = kind, kind
        saved.errors[row.page.pk, "type"] = _(
            "As this kind the draft loses what it has under: %(fields)s. Save again to change it all the same."
        ) % {"fields": ", ".join(lost)}


def _refusal(row: Row, countries: Value, by: Any) -> str:
    """Why the editor may not have the draft name these countries; as in its form, nothing if he may."""
    assert isinstance(countries, tuple)
    return refusal_of_countries(by, row.page, row.page.get_parent(), countries) if row.may_edit else ""


def _note_refused(row: Row, cells: Mapping[str, Value], saved: Saved, vocabulary: Vocabulary, said: str) -> None:
    for column, value in cells.items():
        saved.errors[row.page.pk, column] = said
        saved.texts[row.page.pk, column] = vocabulary.shown(column, value)


def _changed(row: Row, changes: dict[str, Value], by: Any) -> ResourcePage:
    page: ResourcePage = row.page.specific.get_latest_revision_as_object()
    titled = page.title
    for column, value in changes.items():
        if column in ONLY_PUBLICATIONS and not isinstance(page, PublicationPage):
            continue
        if column == "countries":
            assert isinstance(value, tuple)
            page.countries = list(Country.objects.filter(pk__in=value))
        elif column == "themes":
            assert isinstance(value, tuple)
            page.resource_themes = themes(value)
        elif column not in {"type", "language"}:
            setattr(page, column, value)
    if "title" in changes:
        page.draft_title = page.title
        # Readers are shown a file by its title, at once; one that an editor named by itself keeps its name.
        if row.may_publish or not page.live:
            PortalDocument.objects.filter(pk__in=[file.document_id for file in row.files], title=titled[:255]).update(
                title=page.title[:255]
            )
    kind, language = str(changes.get("type", row.values["type"])), str(changes.get("language", row.values["language"]))
    if (kind, language) != (row.values["type"], row.values["language"]):
        return remake(page, kind=kind, language=language, by=by)
    if not page.live:
        # What nobody sees yet is in step with its draft, for lists that read pages alone.
        page.save(clean=False)
    page.save_revision(user=by, clean=False, log_action=True)
    return page
