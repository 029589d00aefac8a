"""No table that the portal gives out holds a cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect

from resources import tree
from resources.extraction.jobs import held
from resources.models import Concept, ConceptLabel, FactSheetPage, PortalDocument
from search.spreadsheets import harmless, undone
from search.statistics.models import SearchCount

View = type[SpreadsheetExportMixin]
EVIL = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\ufeff=1", "\x00=1", "'=1", "\n")


@pytest.mark.parametrize("text", EVIL)
def test_what_could_be_a_formula_is_a_text(text: str) -> None:
    assert harmless(text).startswith("'")
    assert undone(harmless(text)) == text.replace("\x00", "")


@pytest.mark.parametrize("value", ["", "a=b", "Work-life", "1-2", 5, -5, 2.5, None, date(2026, 1, 1), "ສະບາຍດີ", "'a"])
def test_what_could_be_none_stays(value: Any) -> None:
    assert harmless(value) == value


def test_what_no_workbook_may_hold_is_left_out() -> None:
    assert harmless("a\x0bb\x1fc\nd") == "abc\nd"


def exports(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, View]]:
    """(address, view) of every list of the admin that can be exported and needs no number in its address."""
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from exports(found, route)
        elif isinstance(found, URLPattern) and route.startswith("admin/") and "<" not in route:
            view = getattr(found.callback, "view_class", None)
            if view is not None and issubclass(view, SpreadsheetExportMixin):
                given = getattr(found.callback, "view_initkwargs", {})
                if given.get("list_export") or view.list_export:
                    yield f"/{route}", view


def every_view(view: type[SpreadsheetExportMixin] = SpreadsheetExportMixin) -> Iterator[type[SpreadsheetExportMixin]]:
    for below in view.__subclasses__():
        yield below
        yield from every_view(below)


@pytest.fixture
def evil(db: None, index: Any, settings: Any) -> Client:
    """A portal in which all that people can name is named evilly, and an administrator of it."""
    settings.SEARCH_INDEX_IMMEDIATELY = False
    people = get_user_model().objects
    admin = people.create_superuser("=admin", "admin@example.org", first_name="@SUM(A1)", last_name="=1+1")
    page = FactSheetPage(title="=HYPERLINK(1)", slug="evil", summary="S", owner=admin, locked=True, locked_by=admin)
    tree.library_for("en").add_child(instance=page)
    page.save_revision(user=admin, log_action=True).publish(user=admin)
    with held():
        PortalDocument.objects.create(title="+1+1", file=ContentFile(b"WEBVTT\n\n", name="=a.vtt"))
    ConceptLabel.objects.create(concept=Concept.objects.create(slug="evil"), language="en", text="-2+3")
    Redirect.objects.create(old_path="/=1", redirect_link="=1+1")
    for text in ("@SUM(A1)", "=1+1"):
        SearchCount.objects.create(day=timezone.localdate(), language="en", text=text, asked=9, nothing=9)
    client = Client()
    client.force_login(admin, "django.contrib.auth.backends.ModelBackend")
    return client


def cells_of(answer: Any, kind: str) -> list[Any]:
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        return [cell for row in csv.reader(io.StringIO(content.decode(), newline="")) for cell in row]
    sheet = load_workbook(io.BytesIO(content)).active
    return [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_of_the_admin_is_exported_harmlessly(evil: Client, kind: str) -> None:
    seen = set()
    for address, _view in exports():
        answer = evil.get(address, {"export": kind}, follow=True)
        assert answer.status_code == 200, address
        if "attachment" not in answer.get("Content-Disposition", ""):
            continue
        cells = cells_of(answer, kind)
        assert [cell for cell in cells if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell] == [], address
        if any(isinstance(cell, str) and cell.startswith(("'=", "'+", "'-", "'@")) for cell in cells):
            seen.add(address)
    # Enough of them had something to make harmless.
    assert len(seen) >= 5, seen


def test_no_list_makes_its_cells_by_itself() -> None:
    own = [view for view in every_view() if {"preprocess_field_value", "write_csv_row"} & set(vars(view))]
    assert own == []
