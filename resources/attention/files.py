"""Problems of files."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.attention.types import Finding, Scope
from resources.models import ExtractionStatus, PortalDocument, ResourceFile
from resources.places import language_name

UNREAD = "unread"
OTHER_LANGUAGE = "other-language"


def _documents(scope: Scope) -> QuerySet[PortalDocument]:
    documents = PortalDocument.objects.order_by("-pk")
    if scope.country:
        named = ResourceFile.objects.filter(document=OuterRef("pk"), resource__countries=scope.country)
        documents = documents.filter(Exists(named))
    if scope.language:
        documents = documents.filter(Q(language=scope.language) | Q(language="", detected_language=scope.language))
    return documents


def _finding(document: PortalDocument, kind: str, problem: str, todo: str) -> Finding:
    return Finding(
        title=document.title,
        language=document.text_language,
        kind=kind,
        problem=problem,
        todo=todo,
        url=reverse("wagtaildocs:edit", args=[document.pk]),
    )


def unread(scope: Scope) -> QuerySet[PortalDocument]:
    return _documents(scope).filter(extraction_status=ExtractionStatus.FAILED)


def describe_unread(documents: Sequence[PortalDocument]) -> list[Finding]:
    todo = _("Upload a file that can be read in its place, or have it read again.")
    return [_finding(document, UNREAD, document.reading_outcome, todo) for document in documents]


def in_another_language(scope: Scope) -> QuerySet[PortalDocument]:
    read = _documents(scope).filter(extraction_status=ExtractionStatus.EXTRACTED)
    return read.exclude(language="").exclude(detected_language="").exclude(language=F("detected_language"))


def describe_in_another_language(documents: Sequence[PortalDocument]) -> list[Finding]:
    todo = _("Open the file and correct its language, or upload the right file.")
    return [
        _finding(
            document,
            OTHER_LANGUAGE,
            _("Filed as %(said)s, but it reads like %(found)s.")
            % {"said": language_name(document.language), "found": language_name(document.detected_language)},
            todo,
        )
        for document in documents
    ]
