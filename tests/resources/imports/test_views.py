"""An editor's way through an import, with nothing but forms; and who is kept out."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from resources.importing.apply import import_table
from resources.imports.models import Run, RunStatus
from resources.imports.queue.checking import folder_of
from resources.models import PublicationPage, ResourcePage
from tests.resources.imports.conftest import csv_of, worked_off

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj "
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_table_is_uploaded_mapped_looked_at_imported_reported_and_undone(admin: Client) -> None:
    table = "No,หัวข้อ,Jenis,ngôn ngữ,Tên\na,,fact-sheet,th,ประกัน\nb,,nonsense,vi,=SUM(A1)\n".encode()
    answer = admin.post("/admin/imports/new/", {"table": upload("t.csv", table), "publish": "on"}, follow=True)
    run = Run.objects.get()
    assert answer.redirect_chain[-1][0] == f"/admin/imports/{run.pk}/columns/"
    assert run.mapping == ["", "themes", "type", "language", "title"]
    columns = {f"column_{place}": name for place, name in enumerate(["id", "", "type", "language", "title"])}
    answer = admin.post(f"/admin/imports/{run.pk}/columns/", {**columns, "column_0": ""})
    assert "every row needs" in answer.content.decode()
    assert admin.post(f"/admin/imports/{run.pk}/columns/", columns).status_code == 302
    worked_off()
    answer = admin.get(f"/admin/imports/{run.pk}/?rows=wrong")
    assert "nonsense" in answer.content.decode()
    assert "ประกัน" not in answer.content.decode()
    admin.post(f"/admin/imports/{run.pk}/start/")
    worked_off()
    assert ResourcePage.objects.get().title == "ประกัน"
    assert ResourcePage.objects.get().owner.username == "editor"
    report = b"".join(admin.get(f"/admin/imports/{run.pk}/report.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(report)))
    assert rows[2][:3] == ["3", "b", "'=SUM(A1)"]
    book = load_workbook(io.BytesIO(admin.get(f"/admin/imports/{run.pk}/report.xlsx").content))
    assert book.active["C3"].value == "'=SUM(A1)"
    assert book.active["C3"].data_type == "s"
    admin.post(f"/admin/imports/{run.pk}/undo/")
    worked_off()
    assert not ResourcePage.objects.exists()
    # What was said of these columns is remembered, for who said it.
    for name, mapping in (
        ("editor", ["id", "", "type", "language", "title"]),
        ("other", ["", "themes", "type", "language", "title"]),
    ):
        user, _made = get_user_model().objects.get_or_create(username=name, defaults={"is_superuser": True})
        admin.force_login(user)
        admin.post("/admin/imports/new/", {"table": upload("again.csv", table)})
        assert Run.objects.order_by("-pk")[0].mapping == mapping


def test_files_come_in_a_zip(admin: Client) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("folder/a.pdf", PDF)
    table = csv_of({"file": "folder/a.pdf"}, {"file": "b.pdf"})
    admin.post("/admin/imports/new/", {"table": upload("t.csv", table), "archive": upload("f.zip", target.getvalue())})
    run = Run.objects.get()
    admin.post(f"/admin/imports/{run.pk}/columns/", {f"column_{n}": name for n, name in enumerate(run.mapping)})
    worked_off()
    assert [row.status for row in run.rows.order_by("line")] == ["new", "bad"]
    assert folder_of(run).exists()
    admin.post(f"/admin/imports/{run.pk}/start/")
    worked_off()
    assert ResourcePage.objects.get().resource_files.get().document.filename == "a.pdf"
    assert not folder_of(run).exists(), "The library has its own copy."
    admin.post(f"/admin/imports/{run.pk}/undo/")
    worked_off()
    from resources.models import PortalDocument

    assert not PortalDocument.objects.exists()


def test_a_bibliography_needs_no_columns(admin: Client) -> None:
    bib = b"@techreport{x, title={Old age}, author={Doe, Jane and Roe, Bo}, year={2019}, doi={10.1234/abc}}"
    admin.post("/admin/imports/new/", {"table": upload("t.bib", bib)})
    worked_off()
    run = Run.objects.get()
    assert run.status == RunStatus.READY
    admin.post(f"/admin/imports/{run.pk}/start/")
    worked_off()
    made = PublicationPage.objects.get()
    assert (made.import_key, made.authors, made.doi) == ("doi:10.1234/abc", "Doe, Jane; Roe, Bo", "10.1234/abc")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\x00\x01\x02", "id,ชื่อ\na,ก".encode("cp874")])
def test_what_is_no_table_is_said_at_once(admin: Client, data: bytes) -> None:
    answer = admin.post("/admin/imports/new/", {"table": upload("t.csv", data)})
    assert answer.status_code == 200
    assert not Run.objects.exists()
    assert "error" in answer.content.decode()


def test_the_library_goes_out_and_comes_back_unchanged(admin: Client) -> None:
    import_table(
        csv_of(
            {"title": "=cmd|' /C calc'!A0", "summary": "'@x", "authors": "A; B", "licence": "cc-by", "year": "2019"},
            {"language": "th", "translation_of": "r0", "title": "-1", "body": "# A text\n\nthat stays"},
        ),
        publish=True,
    )
    ResourcePage.objects.filter(import_key="r1").update(import_key="")
    for form in ("csv", "xlsx"):
        answer = admin.post("/admin/imports/export/", {"form": form, "language": ""})
        data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert b"\n=cmd" not in data
        assert b",=cmd" not in data
        report = import_table(data, publish=True)
        assert (report.errors, report.created, report.updated, report.unchanged) == ((), 0, 0, 2)


@pytest.mark.parametrize(
    "address", ["", "new/", "harvest/", "export/", "1/", "1/columns/", "1/report.csv", "1/report.xlsx", "results/"]
)
def test_who_may_not_add_pages_gets_nowhere(client: Client, address: str, begun: Callable[..., Run]) -> None:
    from django.contrib.auth.models import Permission

    run = begun({})
    user = get_user_model().objects.create_user("reader")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    answer = client.get(f"/admin/imports/{address.replace('1/', f'{run.pk}/')}")
    assert answer.status_code in {302, 403}
    assert answer.get("Location", "/admin/").endswith("/admin/")
    for act in ("start", "undo", "stop", "delete"):
        client.post(f"/admin/imports/{run.pk}/{act}/")
    run.refresh_from_db()
    assert run.status == RunStatus.READY


def test_what_changes_something_is_a_post_with_a_token(editor: Any, begun: Callable[..., Run]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    run = begun({})
    for act in ("start", "undo", "stop", "delete"):
        assert client.get(f"/admin/imports/{run.pk}/{act}/").status_code == 405
        assert client.post(f"/admin/imports/{run.pk}/{act}/").status_code == 403
    run.refresh_from_db()
    assert run.status == RunStatus.READY


def test_a_page_of_rows_costs_few_queries_however_many_there_are(
    admin: Client, begun: Callable[..., Run], django_assert_max_num_queries: Any
) -> None:
    run = begun(*({"title": f"T{number}"} for number in range(120)))
    with django_assert_max_num_queries(25):
        answer = admin.get(f"/admin/imports/{run.pk}/?p=2")
    assert answer.content.decode().count('class="title"') == 50
    assert admin.get("/admin/imports/").status_code == 200
