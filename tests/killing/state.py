"""What is there in a portal, told from inside by `Portal.call`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock


def state() -> dict[str, Any]:
    """All of it as JSON."""
    from search.models import OutboxEntry

    orphans = sorted(_orphans())
    return {
        "documents": _documents(),
        "dropped": _dropped(),
        "pages": pages(),
        "orphans": orphans,
        "waiting": OutboxEntry.objects.pending().count(),
        "faults": [*_faults(), *(f"a file that is nobody's: {name}" for name in orphans)],
    }


def a_worker_later(days: int = 9) -> str:
    """Let a worker do what is due in some days."""
    from django.core.management import call_command
    from django.utils import timezone

    from resources import housekeeping, left_behind

    later = timezone.now() + timedelta(days=days)
    with mock.patch("django.utils.timezone.now", return_value=later):
        for _ in range(4):
            housekeeping._last = left_behind._last = None
            call_command("run_worker", "--once")
    return "done"


def open_library() -> str:
    """Make the library in English, without which nobody may drop files."""
    from resources.tree import library_for

    return str(library_for("en").title)


def sign_in() -> dict[str, str]:
    """The cookies of an editor who may do everything."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    user, _made = get_user_model().objects.get_or_create(
        username="editor", defaults={"is_staff": True, "is_superuser": True, "email": "editor@example.org"}
    )
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _documents() -> list[dict[str, Any]]:
    from resources.models import PortalDocument

    return [
        {
            "id": document.pk,
            "title": document.title,
            "file": document.filename,
            "status": document.extraction_status,
            "passages": document.passages.count(),
            "checksum": document.checksum,
        }
        for document in PortalDocument.objects.order_by("pk")
    ]


def _dropped() -> list[dict[str, Any]]:
    from resources.intake.models import DroppedFile

    return [
        {
            "name": dropped.name,
            "state": dropped.state,
            "reason": dropped.reason,
            "problems": dropped.problems,
            "document": dropped.document_id,
            "page": dropped.page_id,
        }
        for dropped in DroppedFile.objects.order_by("pk")
    ]


def want_published(task: str) -> int:
    """Every draft of dropped files gets a summary, and is to be published, or sent to review; how many."""
    from resources.intake.models import DroppedFile

    for dropped in DroppedFile.objects.exclude(page=None):
        page = dropped.page.specific.get_latest_revision_as_object()
        page.summary = "In short."
        page.save_revision()
    return DroppedFile.objects.exclude(page=None).update(task=task)


def pages() -> list[dict[str, Any]]:
    """The works of the library, as their editors see them."""
    from resources.models import ResourcePage

    return [
        {
            "key": page.import_key,
            "number": _number(page.title),
            "language": page.locale.language_code,
            "summary": page.get_latest_revision_as_object().summary,
            "live": page.live,
            "files": page.resource_files.count(),
        }
        for page in ResourcePage.objects.select_related("locale").order_by("pk")
    ]


def _number(title: str) -> int | None:
    """That which the title of a work of `tests.killing.made` ends with."""
    last = title.rpartition(" ")[2]
    return int(last) if last.isdecimal() else None


def _named() -> Iterator[tuple[Any, str, Any]]:
    """(row, field, file) of everything in the database that is a file."""
    from django.apps import apps
    from django.db.models import FileField

    for model in apps.get_models():
        for name in [field.name for field in model._meta.local_fields if isinstance(field, FileField)]:
            for row in model._default_manager.exclude(**{name: ""}).exclude(**{name: None}):
                yield row, name, getattr(row, name)


def _orphans() -> Iterator[str]:
    from django.conf import settings

    media = Path(settings.MEDIA_ROOT)
    named = {file.name for _row, _field, file in _named()}
    for path in media.rglob("*"):
        name = path.relative_to(media).as_posix()
        if path.is_file() and name not in named:
            yield name


def _faults() -> Iterator[str]:
    """What is half there, twice there, or waits."""
    yield from _faults_of_files()
    yield from _faults_of_drops()
    yield from _faults_of_pages()
    yield from _faults_of_search()


def _faults_of_files() -> Iterator[str]:
    from resources.models import ExtractionStatus, PortalDocument

    for row, field, file in _named():
        if not file.storage.exists(file.name):
            yield f"{row._meta.label} {row.pk} has lost its {field}: {file.name}"
    for document in PortalDocument.objects.all():
        if document.extraction_status == ExtractionStatus.PENDING:
            yield f"{document.filename} waits to be read"
        elif document.checksum != _checksum(document.file):
            yield f"{document.filename} is not what was read"
        elif document.extraction_status == ExtractionStatus.EXTRACTED and not document.passages.exists():
            yield f"{document.filename} was read and has no text"


def _faults_of_drops() -> Iterator[str]:
    from resources.intake.models import DroppedFile

    for dropped in DroppedFile.objects.all():
        if dropped.task:
            yield f"{dropped.name} waits for its turn: {dropped.task}"
        if dropped.checksum != _checksum(dropped.file):
            yield f"{dropped.name} is not what was dropped"


def _checksum(file: Any) -> str:
    with file.open("rb") as content:
        return hashlib.sha256(content.read()).hexdigest()


def _faults_of_pages() -> Iterator[str]:
    from wagtail.models import Page

    from resources.models import ResourcePage

    if any(problems := Page.find_problems()):
        yield f"the tree of pages is broken: {problems}"
    rows = ResourcePage.objects.exclude(import_key="").values_list("import_key", "locale__language_code")
    yield from (f"{row} is there {times} times" for row, times in Counter(rows).items() if times > 1)
    for page in ResourcePage.objects.all():
        if page.latest_revision_id is None:
            yield f"{page.title} has no revision"
        if type(page.specific) is ResourcePage:
            yield f"{page.title} is half a page"


def _faults_of_search() -> Iterator[str]:
    from search.engines import get_engine
    from search.indexing import check, worker
    from search.models import OutboxEntry
    from search.registry import documents

    for entry in OutboxEntry.objects.pending():
        yield f"{entry.work} waits to be indexed: {entry.error}"
    worker.make_first_index(get_engine())
    for difference in check.differences():
        yield f"the index is {difference.kind}: {difference.title or difference.work}"
    expected = sum(len(document.passages) for document in documents())
    if (found := _indexed_passages()) != expected:
        yield f"the index holds {found} passages of {expected}"


def _indexed_passages() -> int:
    from django.conf import settings

    from search.engines.embedded.schema import fingerprint
    from search.engines.embedded.storage import Storage
    from search.fields import TERMS_VERSION

    generation = Storage(Path(settings.SEARCH_INDEX_DIR), fingerprint(str(TERMS_VERSION))).open_current()
    return int(generation.passages.searcher().num_docs)
