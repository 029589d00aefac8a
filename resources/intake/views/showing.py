"""Rows, pairs and like files as the page shows them: cells with their texts, and the evidence in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.permissions import policy_registry

from resources.access import documents_to_name
from resources.importing.pages import MODELS
from resources.intake.allowed import batches_of
from resources.intake.findings import FIELDS, Finding, from_json
from resources.intake.models import DroppedFile, Pair, PairState
from resources.intake.table import COLUMNS, Row, Saved, Vocabulary
from resources.models import Licence, PortalDocument, PublicationPage
from resources.places import native_name
from resources.source import type_label
from search.languages import LANGUAGES

LABELS = {
    "title": gettext_lazy("Title"),
    "type": gettext_lazy("Type"),
    "language": gettext_lazy("Language"),
    "year": gettext_lazy("Year"),
    "countries": gettext_lazy("Countries"),
    "themes": gettext_lazy("Themes"),
    "summary": gettext_lazy("Summary"),
    "authors": gettext_lazy("Authors"),
    "publisher": gettext_lazy("Publisher"),
    "licence": gettext_lazy("Licence"),
    "isbn": gettext_lazy("ISBN"),
    "doi": gettext_lazy("DOI"),
}
SOURCES = {
    "properties": gettext_lazy("the file’s properties"),
    "xmp": gettext_lazy("the file’s XMP data"),
    "largest": gettext_lazy("the largest text of the first page"),
    "text": gettext_lazy("the text"),
    "title": gettext_lazy("the title"),
    "name": gettext_lazy("the file’s name"),
    "content": gettext_lazy("the kind of file"),
    "otherwise": pgettext_lazy("why a kind was chosen", "nothing says more"),
}
_LISTS = frozenset({"countries", "themes"})
_CHOICES = frozenset({"type", "language", "licence"})


@dataclass(frozen=True, slots=True)
class Cell:
    """`name` is that of its field, `list` the choices that the browser offers while one writes."""

    column: str
    name: str
    label: str
    text: str
    error: str
    disabled: bool

    @property
    def is_choice(self) -> bool:
        return self.column in _CHOICES

    @property
    def is_long(self) -> bool:
        return self.column in {"title", "summary"}

    @property
    def several(self) -> str:
        return self.column if self.column in _LISTS else ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field says what it says: what was found, and where."""

    label: str
    found: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`losing` is the kind that costs the draft what it holds, when the editor was told so."""

    row: Row
    losing: str
    cells: tuple[Cell, ...]
    missing: tuple[str, ...]
    problem: str
    evidence: tuple[Evidence, ...]
    files: tuple[tuple[DroppedFile, str, str], ...]
    versions: tuple[tuple[str, str], ...]
    edit_url: str


@dataclass(frozen=True, slots=True)
class Like:
    """A file that says the same, `percent` of it."""

    title: str
    url: str
    percent: int


def shown_likes(files: Sequence[DroppedFile], request: HttpRequest) -> dict[int, list[Like]]:
    """By dropped file, the like ones that the visitor may know of: others than these aren't named."""
    said = {(dropped.pk, at): one for dropped in files for at, one in enumerate(dropped.likeness)}
    documents = PortalDocument.objects.select_related("collection", "uploaded_by_user").in_bulk(
        {one["document"] for one in said.values() if "document" in one}
    )
    named = documents_to_name(documents.values(), request)
    batches = set(
        batches_of(request.user)
        .filter(pk__in={one["batch"] for one in said.values() if "batch" in one})
        .values_list("pk", flat=True)
    )
    policy = policy_registry.get_by_type(PortalDocument)
    found: dict[int, list[Like]] = {}
    for (dropped, _at), one in said.items():
        document = documents.get(one.get("document", 0))
        if document is not None and document.pk in named:
            may_change = policy.user_has_permission_for_instance(request.user, "change", document)
            url = reverse("wagtaildocs:edit", args=[document.pk]) if may_change else document.url
            found.setdefault(dropped, []).append(Like(document.title, url, round(one["share"] * 100)))
        elif one.get("batch") in batches:
            found.setdefault(dropped, []).append(Like(one["title"], reverse("drop_batch", args=[one["batch"]]), 100))
    return found


def shown_rows(rows: Sequence[Row], vocabulary: Vocabulary, saved: Saved | None) -> list[ShownRow]:
    """What the table shows. Cells that could not be saved keep what was written in them."""
    return [_shown(row, vocabulary, saved or Saved()) for row in rows]


def choices(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "type": [(kind, type_label(kind, vocabulary.language)) for kind in MODELS],
        "language": [(language.code, language.native) for language in LANGUAGES],
        "licence": [("", "—"), *((licence.value, str(licence.label)) for licence in Licence)],
        "countries": vocabulary.countries(),
        "themes": vocabulary.themes(),
    }


def shown_pairs(pairs: Sequence[Pair]) -> list[tuple[Pair, str, bool]]:
    """Pairs whose drafts are there, with what they have in common; whether they are confirmed."""
    return [
        (pair, _in_common(pair.evidence), pair.state == PairState.CONFIRMED)
        for pair in pairs
        if pair.one.page_id and pair.other.page_id
    ]


def _shown(row: Row, vocabulary: Vocabulary, saved: Saved) -> ShownRow:
    page = row.page
    before: int = {new: old for old, new in saved.pages.items()}.get(page.pk, page.pk or 0)
    problems = row.problems
    is_publication = row.values["type"] == PublicationPage.type_slug
    cells = tuple(
        Cell(
            column,
            f"{page.pk}-{column}",
            str(LABELS[column]),
            saved.texts.get((before, column), vocabulary.shown(column, row.values[column])),
            saved.errors.get((before, column), problems.get(column, "")),
            disabled=not row.may_edit
            or row.locked
            or (column in {"type", "language"} and row.is_final)
            or (column in {"isbn", "doi"} and not is_publication),
        )
        for column in COLUMNS
    )
    return ShownRow(
        row=row,
        losing=saved.losing.get(before, ""),
        cells=cells,
        missing=tuple(str(LABELS[name]) for name in row.missing),
        problem=problems.get("", ""),
        evidence=_evidence(row.files[0], vocabulary),
        files=tuple((file, _about(file), file.document.url if file.document else "") for file in row.files),
        versions=tuple(
            (native_name(other.locale.language_code), reverse("wagtailadmin_pages:edit", args=[other.pk]))
            for other in row.versions
        ),
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )


def _about(dropped: DroppedFile) -> str:
    document = dropped.document
    if document is None:
        return ""
    if document.reading_outcome:
        return document.reading_outcome
    if document.pages:
        return ngettext("%(pages)s page", "%(pages)s pages", document.pages) % {"pages": document.pages}
    return ""


def _evidence(dropped: DroppedFile, vocabulary: Vocabulary) -> tuple[Evidence, ...]:
    found = from_json(dropped.findings)
    return tuple(
        Evidence(
            str(LABELS[field]),
            tuple((_value(field, finding, vocabulary), _why(finding)) for finding in found[field]),
        )
        for field in FIELDS
        if found[field]
    )


def _value(field: str, finding: Finding, vocabulary: Vocabulary) -> str:
    if field in _LISTS:
        return vocabulary.shown(field, (finding.value,))
    if field == "type":
        return type_label(finding.value, vocabulary.language)
    if field == "language":
        return native_name(finding.value)
    if field == "licence" and finding.value in Licence.values:
        return str(Licence(finding.value).label)
    return finding.value


def _why(finding: Finding) -> str:
    """Where it was found, as one line: the place, the page, the words, how often."""
    parts = [str(SOURCES.get(finding.source, finding.source))]
    if finding.page is not None and finding.source != "largest":
        parts.append(_("Page %(page)s") % {"page": finding.page})
    if finding.words:
        parts.append(", ".join(f"“{word}”" for word in finding.words))
    if finding.times > 1:
        parts.append(ngettext("%(count)s time", "%(count)s times", finding.times) % {"count": finding.times})
    return " · ".join(parts)


def _in_common(evidence: dict[str, Any]) -> str:
    parts = []
    if "name" in evidence:
        parts.append(_("the same name (%(name)s)") % {"name": evidence["name"]})
    if "numbers" in evidence:
        said = {"shared": evidence["numbers"], "all": evidence.get("numbers_of", evidence["numbers"])}
        parts.append(_("%(shared)s of %(all)s numbers in the text") % said)
    if "pages" in evidence:
        count = evidence["pages"]
        parts.append(ngettext("%(pages)s page", "%(pages)s pages", count) % {"pages": count})
    if "outline" in evidence:
        count = evidence["outline"]
        parts.append(ngettext("%(count)s heading", "%(count)s headings", count) % {"count": count})
    if "pictures" in evidence:
        count = evidence["pictures"]
        parts.append(ngettext("%(count)s picture", "%(count)s pictures", count) % {"count": count})
    return " · ".join(parts)
