"""Problems of works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.attention.own_languages import OWN_LANGUAGES
from resources.attention.types import Finding, Scope
from resources.models import FactSheetPage, Licence, PublicationPage, ResourceFile, ResourcePage, VideoPage, Withdrawal
from resources.models.files import CAPTIONS, VIDEO
from resources.places import language_name

_NAMES = ResourcePage.countries.through.objects
# A good practice may be a page of text; these are nothing without a file.
_ARE_FILES = [model._meta.model_name for model in (FactSheetPage, PublicationPage, VideoPage)]
FIELDS = {
    "summary": gettext_lazy("summary"),
    "countries": gettext_lazy("countries"),
    "resource_themes": gettext_lazy("themes"),
    "licence": gettext_lazy("licence"),
    "year": gettext_lazy("year of publication"),
    "resource_files": gettext_lazy("files"),
}


def pages_in(scope: Scope) -> QuerySet[ResourcePage]:
    """The pages of works in a scope, the newest first."""
    pages = ResourcePage.objects.filter(alias_of__isnull=True).select_related("locale").order_by("-pk")
    if scope.country:
        pages = pages.filter(Exists(_NAMES.filter(resourcepage=OuterRef("pk"), country=scope.country)))
    if scope.language:
        pages = pages.filter(locale__language_code=scope.language)
    return pages


def _first_versions(scope: Scope) -> QuerySet[ResourcePage]:
    """One live page of each work."""
    earlier = ResourcePage.objects.live().filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return pages_in(scope).filter(~Exists(earlier), live=True)


def _finding(page: ResourcePage, kind: str, problem: str, todo: str, view: str = "edit") -> Finding:
    return Finding(
        title=page.get_admin_display_title(),
        language=page.locale.language_code,
        kind=kind,
        problem=problem,
        todo=todo,
        url=reverse(f"wagtailadmin_pages:{view}", args=[page.pk]),
    )


# --- Drafts with missing fields -----------------------------------------------------


def incomplete(scope: Scope) -> QuerySet[ResourcePage]:
    """Drafts whose newest state lacks something; what a draft says stands in its revision, not in its row."""
    drafted, row = Q(), Q()
    for field, nothing in (
        ("summary", ""),
        ("countries", []),
        ("resource_themes", []),
        ("licence", ""),
        ("year", None),
    ):
        drafted |= Q(**{f"latest_revision__content__{field}": nothing})
    drafted |= Q(latest_revision__content__resource_files=[], content_type__model__in=_ARE_FILES)
    row = (
        Q(summary="")
        | Q(licence="")
        | Q(year__isnull=True)
        | Q(countries__isnull=True)
        | Q(resource_themes__isnull=True)
        | Q(resource_files__isnull=True, content_type__model__in=_ARE_FILES)
    )
    matching = ResourcePage.objects.filter(
        Q(drafted, latest_revision__isnull=False) | Q(row, latest_revision__isnull=True), live=False
    )
    withdrawn = Withdrawal.objects.filter(work=OuterRef("translation_key"))
    return pages_in(scope).filter(~Exists(withdrawn), pk__in=matching.values("pk"))


def describe_incomplete(pages: Sequence[ResourcePage]) -> list[Finding]:
    """Drafts with the fields that their newest version lacks."""
    names = [f"latest_revision__content__{field}" for field in FIELDS]
    rows = ResourcePage.objects.filter(pk__in=[page.pk for page in pages])
    states = {pk: values for pk, *values in rows.values_list("pk", *names)}
    kinds = dict(rows.values_list("pk", "content_type__model"))
    held = {
        "countries": set(_NAMES.filter(resourcepage__in=kinds).values_list("resourcepage", flat=True)),
        "resource_themes": set(rows.filter(resource_themes__isnull=False).values_list("pk", flat=True)),
        "resource_files": set(rows.filter(resource_files__isnull=False).values_list("pk", flat=True)),
    }
    found = []
    for page in pages:
        values: dict[str, Any] = dict(zip(FIELDS, states.get(page.pk, ()), strict=False))
        if page.latest_revision_id is None:
            values = {"summary": page.summary, "licence": page.licence, "year": page.year}
            values |= {field: page.pk in pks for field, pks in held.items()}
        missing = [
            str(label)
            for field, label in FIELDS.items()
            if not values.get(field) and (field != "resource_files" or kinds.get(page.pk) in _ARE_FILES)
        ]
        problem = _("Missing: %(fields)s") % {"fields": ", ".join(missing)}
        found.append(
            _finding(page, INCOMPLETE, problem, _("Fill the fields in and publish it, or submit it for review."))
        )
    return found


# --- Files in a country's own language ------------------------------------------------


def _in(languages: Sequence[str]) -> Q:
    wanted = list(languages)
    return (
        Q(language__in=wanted)
        | Q(language="", document__language__in=wanted)
        | Q(language="", document__language="", document__detected_language__in=wanted)
    )


def without_own_language(scope: Scope) -> QuerySet[ResourcePage]:
    """Works of which no file is in the language of a country that they name. Of a work without any file its pages
    count.
    """
    files = ResourceFile.objects.filter(
        resource__translation_key=OuterRef("translation_key"), resource__live=True
    ).order_by()
    lacking = Q(pk__in=[])
    for code, languages in OWN_LANGUAGES.items():
        if scope.country and code != scope.country:
            continue
        read = ResourcePage.objects.live().filter(
            translation_key=OuterRef("translation_key"), locale__language_code__in=languages
        )
        lacking |= (
            Q(Exists(_NAMES.filter(resourcepage=OuterRef("pk"), country=code)))
            & ~Q(Exists(files.filter(_in(languages))))
            & (Q(Exists(files)) | ~Q(Exists(read)))
        )
    return _first_versions(Scope(scope.country, scope.language)).filter(lacking)


def describe_without_own_language(pages: Sequence[ResourcePage]) -> list[Finding]:
    """Works with the languages, of the countries that they name, in which they have no file."""
    keys = {page.translation_key for page in pages}
    languages: dict[UUID, set[str]] = {key: set() for key in keys}
    with_files: set[UUID] = set()
    files = ResourceFile.objects.filter(resource__translation_key__in=keys, resource__live=True)
    for key, *declared in files.values_list(
        "resource__translation_key", "language", "document__language", "document__detected_language"
    ):
        with_files.add(key)
        languages[key].add(next((code for code in declared if code), ""))
    versions = ResourcePage.objects.live().filter(translation_key__in=keys - with_files)
    for key, code in versions.values_list("translation_key", "locale__language_code"):
        languages[key].add(code)
    countries: dict[int, list[str]] = {}
    for pk, code in _NAMES.filter(resourcepage__in=[page.pk for page in pages]).values_list(
        "resourcepage_id", "country_id"
    ):
        countries.setdefault(pk, []).append(code)
    found = []
    for page in pages:
        wanted = [
            OWN_LANGUAGES[code]
            for code in sorted(countries.get(page.pk, ()))
            if code in OWN_LANGUAGES and not languages[page.translation_key] & set(OWN_LANGUAGES[code])
        ]
        names = dict.fromkeys(language_name(each[0]) for each in wanted)
        problem = _("No file in: %(languages)s") % {"languages": ", ".join(names)}
        todo = _("Add a file in the country’s language, or have the page translated.")
        found.append(_finding(page, OWN_LANGUAGE, problem, todo))
    return found


# --- Captions, licences, translations ----------------------------------------------------


def without_captions(scope: Scope) -> QuerySet[ResourcePage]:
    files = ResourceFile.objects.filter(resource__translation_key=OuterRef("translation_key"), resource__live=True)
    films = files.filter(document__media_type__in=VIDEO)
    captions = files.filter(document__media_type__in=CAPTIONS)
    return _first_versions(scope).filter(Exists(films), ~Exists(captions))


def describe_without_captions(pages: Sequence[ResourcePage]) -> list[Finding]:
    todo = _("Add captions (VTT or SRT) to its files: without them nobody finds what is said.")
    return [_finding(page, CAPTIONS_MISSING, _("The video has no captions."), todo) for page in pages]


def without_licence(scope: Scope) -> QuerySet[ResourcePage]:
    return pages_in(scope).filter(live=True).exclude(licence__in=Licence.values)


def describe_without_licence(pages: Sequence[ResourcePage]) -> list[Finding]:
    todo = _("Choose a licence under Filing; where none is stated, ask the publisher.")
    return [
        _finding(
            page,
            LICENCE,
            _("The licence ‘%(licence)s’ is not known here.") % {"licence": page.licence}
            if page.licence
            else _("It has no licence."),
            todo,
        )
        for page in pages
    ]


def behind_their_source(scope: Scope) -> QuerySet[ResourcePage]:
    """Live versions that were last published before the work's first version was."""
    first = ResourcePage.objects.filter(translation_key=OuterRef("translation_key")).order_by("pk")
    pages = (
        pages_in(scope)
        .filter(live=True)
        .annotate(
            first_version=Subquery(first.values("pk")[:1]),
            first_published=Subquery(first.values("last_published_at")[:1]),
        )
    )
    return pages.filter(~Q(first_version=F("pk")), first_published__gt=F("last_published_at"))


def describe_behind_their_source(pages: Sequence[ResourcePage]) -> list[Finding]:
    todo = _("Bring the translation up to date and publish it again.")
    return [_finding(page, BEHIND, _("The original was published again since."), todo) for page in pages]


INCOMPLETE = "incomplete"
OWN_LANGUAGE = "own-language"
CAPTIONS_MISSING = "captions"
LICENCE = "licence"
BEHIND = "behind"
