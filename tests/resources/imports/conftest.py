from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from resources.imports import actions, queue
from resources.imports.models import WAITING, Run
from resources.thesaurus import labels
from resources.tree import library_for


@pytest.fixture(autouse=True)
def _fresh_labels() -> Iterator[None]:
    labels.forget()
    yield
    labels.forget()


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture
def editor() -> Any:
    library_for("en")
    return get_user_model().objects.create_superuser("editor")


def csv_of(*rows: dict[str, object]) -> bytes:
    """A table. Rows have what every row needs unless they say otherwise."""
    every = [
        {"id": f"r{number}", "type": "fact-sheet", "language": "en", "title": f"Title {number}", **row}
        for number, row in enumerate(rows)
    ]
    target = io.StringIO()
    writer = csv.DictWriter(target, list(dict.fromkeys(name for row in every for name in row)))
    writer.writeheader()
    writer.writerows(every)
    return target.getvalue().encode()


@pytest.fixture
def begun(editor: Any) -> Callable[..., Run]:
    """A function: rows → a run that was checked and waits for a word."""

    def begin(*rows: dict[str, object], publish: bool = True, by: Any = None, files: bytes = b"") -> Run:
        table = SimpleUploadedFile("t.csv", csv_of(*rows))
        archive = SimpleUploadedFile("f.zip", files) if files else None
        run = actions.begin(by=by or editor, table=table, files=archive, publish=publish)
        actions.name_columns(run=run, mapping=run.mapping)
        worked_off()
        run.refresh_from_db()
        return run

    return begin


@pytest.fixture
def done(begun: Callable[..., Run], editor: Any) -> Callable[..., Run]:
    """A function: rows → a run that went in."""

    def finish(*rows: dict[str, object], publish: bool = True, by: Any = None, files: bytes = b"") -> Run:
        """It may be that none of its rows can."""
        run = begun(*rows, publish=publish, by=by, files=files)
        assert actions.start(run=run, by=by or editor) == run.rows.filter(status__in=WAITING).exists()
        worked_off()
        run.refresh_from_db()
        return run

    return finish


def worked_off() -> None:
    """Let a worker do all that is due."""
    while queue.work():
        pass


def statuses(run: Run) -> list[str]:
    return list(run.rows.order_by("line").values_list("status", flat=True))
