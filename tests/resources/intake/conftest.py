"""An editor with a pile of files. Files are read in real child processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from resources.extraction import ExtractedPassage, ExtractedText, Metadata, Outcome, Statement
from resources.extraction.sniff import PDF
from resources.intake.models import Batch, DroppedFile
from resources.models import Concept, ConceptLabel, Country
from resources.thesaurus import labels
from resources.tree import home_for, library_for
from search import concepts

SEED = Path(__file__).resolve().parents[3] / "media_seed" / "files"


@pytest.fixture(autouse=True)
def _fresh_labels() -> Iterator[None]:
    """The tables of labels outlive a test's transaction, which is rolled back."""
    labels.forget()
    concepts.forget()
    yield
    labels.forget()
    concepts.forget()


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture
def library(db: None, index: Path) -> None:
    """Libraries in three languages, two countries and two themes."""
    for language in ("en", "km", "th"):
        home_for(language)
    for code in ("KH", "TH"):
        Country.objects.create(code=code, is_member=True)
    for slug, names in {
        "delivery": {"en": ["Delivery", "one-stop shop"], "th": ["การให้บริการ"], "km": ["ការផ្តល់សេវា"]},
        "social-assistance": {"en": ["Social assistance", "cash transfer"], "km": ["ជំនួយសង្គម"]},
    }.items():
        concept = Concept.objects.create(slug=slug)
        for language, texts in names.items():
            for at, text in enumerate(texts):
                kind = ConceptLabel.Kind.PREFERRED if at == 0 else ConceptLabel.Kind.OTHER
                ConceptLabel.objects.create(concept=concept, language=language, text=text, kind=kind)
    labels.forget()
    concepts.forget()


@pytest.fixture
def editor(library: None, client: Client) -> Any:
    user = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    client.force_login(user)
    return user


@pytest.fixture
def contributor(library: None) -> Any:
    """Somebody who may add pages to the English library, and documents, and publish nothing."""
    group = Group.objects.create(name="Droppers")
    for code in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        GroupPagePermission.objects.create(group=group, page=library_for("en"), permission=permission)
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(content_type__app_label="wagtaildocs", codename="add_document"),
    )
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    user = get_user_model().objects.create_user("contributor", "contributor@example.org", "secret")
    user.groups.add(group)
    return user


@pytest.fixture
def batch(editor: Any) -> Batch:
    return Batch.objects.create(made_by=editor, collection=Collection.get_first_root_node())


@pytest.fixture
def drop(client: Client) -> Callable[..., Any]:
    """A function: send one file to a batch as the page's script does; gives the answer."""

    def send(batch: Batch, name: str, data: bytes) -> Any:
        return client.post(
            reverse("drop_files", args=[batch.pk]),
            {"files": SimpleUploadedFile(name, data)},
            headers={"Accept": "application/json"},
        )

    return send


def seed(name: str) -> bytes:
    return (SEED / name).read_bytes()


def text_of(
    *pages: str, statements: tuple[tuple[str, str, str], ...] = (), outline: tuple[str, ...] = (), **more: Any
) -> ExtractedText:
    """What a PDF with these pages holds."""
    return ExtractedText(
        passages=tuple(ExtractedPassage(text, page=at) for at, text in enumerate(pages, 1)),
        pages=len(pages),
        content_type=PDF,
        metadata=Metadata(tuple(Statement(*statement) for statement in statements), outline),
        **more,
    )


def dropped(batch: Batch, name: str = "report.pdf", data: bytes = b"%PDF-1.4 something") -> DroppedFile:
    """A row with bytes, as an upload leaves it."""
    import hashlib

    return DroppedFile.objects.create(
        batch=batch,
        name=name,
        size=len(data),
        checksum=hashlib.sha256(data).hexdigest(),
        task_by=batch.made_by,
        file=SimpleUploadedFile(name, data),
    )


def settled(row: DroppedFile, outcome: Outcome) -> DroppedFile:
    """The row as it is when its file was read to be `outcome`."""
    from resources.intake.settling import prepare, settle

    read = replace(outcome, checksum=row.checksum) if isinstance(outcome, ExtractedText) else outcome
    settle(row, prepare(row, read))
    row.refresh_from_db()
    return row
