"""The command tells each bad row, and its exit status whether all went in."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from resources.importing import COLUMNS
from resources.models import ResourcePage

pytestmark = pytest.mark.django_db
Table = Callable[..., bytes]


def run(*arguments: object) -> tuple[int, str]:
    """The exit status and what was said."""
    said = StringIO()
    try:
        call_command("import_resources", *map(str, arguments), stdout=said)
    except SystemExit as ended:
        return int(ended.code or 0), said.getvalue()
    return 0, said.getvalue()


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can’t be read"):
        run(tmp_path / "none.csv")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path, table: Table) -> None:
    (tmp_path / "t.csv").write_bytes(table({}))
    with pytest.raises(CommandError, match="no folder"):
        run(tmp_path / "t.csv", "--files", tmp_path / "none")


def test_a_file_that_is_no_table_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"%PDF-1.4")
    with pytest.raises(CommandError, match="none of the columns"):
        run(tmp_path / "t.csv")


def test_bad_rows_are_told_and_the_exit_status_says_so(tmp_path: Path, table: Table) -> None:
    (tmp_path / "t.csv").write_bytes(table({"id": "a"}, {"id": "b", "year": "soon"}))
    status, said = run(tmp_path / "t.csv", "--publish", "--report", tmp_path / "r.json")
    assert status == 1
    assert "Line 3, column year: ‘soon’ is not a year between 1900 and 2100." in said
    assert "2 rows: 1 new, 0 updated, 0 unchanged, 1 left out (published)." in said
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [(error["line"], error["column"], error["key"]) for error in report["errors"]] == [(3, "year", "b")]
    assert ResourcePage.objects.filter(live=True).count() == 1


def test_all_rows_in_is_success(tmp_path: Path, table: Table) -> None:
    (tmp_path / "t.csv").write_bytes(table({"notes": "x"}))
    status, said = run(tmp_path / "t.csv")
    assert status == 0
    assert "Warning: The column ‘notes’ is unknown" in said
    assert "as drafts" in said


def test_a_dry_run_says_what_would_be(tmp_path: Path, table: Table) -> None:
    (tmp_path / "t.csv").write_bytes(table({}))
    assert "1 would be new" in run(tmp_path / "t.csv", "--dry-run")[1]
    assert not ResourcePage.objects.exists()


def test_the_columns_are_those_that_programs_rely_on() -> None:
    assert COLUMNS == (
        "id", "type", "language", "translation_of", "title", "summary", "body", "countries", "themes", "year",
        "authors", "publisher", "licence", "file", "captions", "url", "doi", "isbn",
    )  # fmt: skip
