"""The steps of an import: a file or a repository, the columns, the rows with their verdicts, what became of them."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from resources.importing.errors import UnreadableTable
from resources.importing.sheet import open_records
from resources.imports import actions, exporting, reporting
from resources.imports.forms import ExportForm, HarvestForm, MappingForm, UploadForm
from resources.imports.models import WAITING, WORKING, WRONG, Run, RunStatus
from resources.imports.permissions import Allowed, runs_of
from resources.imports.views.guarded import for_importers, for_run

ROWS = 50
_SAMPLES = 3
_READ = 20
"""Rows that are read for as many that hold something."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_both = require_http_methods(["GET", "HEAD", "POST"])


def _page(title: str, *crumbs: tuple[str, str], icon: str = "upload") -> dict[str, Any]:
    """What Wagtail's frame of a page asks for."""
    items = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("imports"), "label": _("Imports")},
        *({"url": url, "label": label} for url, label in crumbs),
        {"url": "", "label": title},
    ]
    return {"page_title": title, "header_title": title, "header_icon": icon, "breadcrumbs_items": items}


@_both
@for_importers
def new(request: HttpRequest) -> HttpResponseBase:
    """Upload a table or a bibliography, with the files that it names."""
    may_publish = Allowed(request.user).may_publish
    form = UploadForm(request.POST or None, request.FILES or None, may_publish=may_publish)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            run = actions.begin(
                by=request.user, table=told["table"], files=told["archive"], publish=told.get("publish", False)
            )
        except UnreadableTable as error:
            form.add_error("table", str(error))
        else:
            return redirect("import_columns" if run.status == RunStatus.MAPPING else "import_run", run.pk)
    told = {"form": form, "submit": _("Go on"), "intro": "table", **_page(_("Import a file"))}
    return render(request, "resources/imports/form.html", told)


@_both
@for_importers
def harvest(request: HttpRequest) -> HttpResponseBase:
    """Ask another repository for its records."""
    may_publish = Allowed(request.user).may_publish
    form = HarvestForm(request.POST or None, may_publish=may_publish)
    if request.method == "POST" and form.is_valid():
        asked = form.request()
        run = actions.begin_harvest(
            by=request.user,
            request=actions.since_last(asked, by=request.user),
            publish=form.cleaned_data.get("publish", False),
        )
        return redirect("import_run", run.pk)
    told = {"form": form, "submit": _("Fetch"), **_page(_("Fetch from a repository"), icon="download")}
    return render(request, "resources/imports/form.html", told)


@_both
@for_run
def columns(request: HttpRequest, run: Run) -> HttpResponseBase:
    """Say what each column of the table holds."""
    if run.status not in (RunStatus.MAPPING, RunStatus.READY, RunStatus.FAILED) or not run.heading:
        return redirect("import_run", run.pk)
    form = MappingForm(request.POST or None, heading=run.heading, mapping=run.mapping)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_columns(run=run, mapping=form.mapping())
        except UnreadableTable as error:
            form.add_error(None, str(error))
        else:
            return redirect("import_run", run.pk)
    crumb = (reverse("import_run", args=[run.pk]), run.name)
    told = {"form": form, "run": run, "columns": _with_samples(run, form), **_page(_("Name the columns"), crumb)}
    return render(request, "resources/imports/columns.html", told)


def _with_samples(run: Run, form: MappingForm) -> list[tuple[Any, list[str]]]:
    """Each column's field, with what the first rows hold."""
    try:
        with Path(run.table.path).open("rb") as file:
            rows = list(islice(open_records(file, _READ).rows, _SAMPLES))
    except (UnreadableTable, OSError):
        rows = []
    return [
        (
            form[f"column_{place}"],
            [row.cells[place][:60] for row in rows if place < len(row.cells) and row.cells[place]],
        )
        for place in range(len(run.heading))
    ]


@require_safe
@for_run
def show(request: HttpRequest, run: Run) -> HttpResponseBase:
    """A run: how far it is, and its rows with their verdicts, a page at a time."""
    if run.status == RunStatus.MAPPING:
        return redirect("import_columns", run.pk)
    counts = reporting.counts_of(run)
    shown = request.GET.get("rows", "")
    rows = run.rows.order_by("line", "position")
    if shown == "wrong":
        rows = rows.filter(status__in=WRONG)
    elif shown == "noted":
        rows = rows.exclude(notes={})
    elif shown in counts.by_status:
        rows = rows.filter(status=shown)
    else:
        shown = ""
    page = Paginator(rows, ROWS).get_page(request.GET.get("p"))
    told = {
        "run": run,
        "counts": counts,
        "shown": shown,
        "rows": page,
        "may_start": run.status in (RunStatus.READY, RunStatus.FAILED) and counts.waiting,
        "may_undo": run.status in (RunStatus.DONE, RunStatus.FAILED) and counts.written,
        "may_rename": run.status in (RunStatus.READY, RunStatus.FAILED) and run.heading and not counts.written,
        "may_stop": run.status in WORKING and run.status != RunStatus.UNDOING,
        "is_checked": run.status not in (RunStatus.HARVESTING, RunStatus.CHECKING),
        "waiting": [status.value for status in WAITING],
        "index_url": reverse("import_run", args=[run.pk]),
        **_page(run.name),
    }
    return render(request, "resources/imports/run.html", told)


@require_POST
@for_run
def start(request: HttpRequest, run: Run) -> HttpResponse:
    if not actions.start(run=run, by=request.user):
        messages.warning(request, _("There is nothing to import."))
    return redirect("import_run", run.pk)


@require_POST
@for_run
def undo(request: HttpRequest, run: Run) -> HttpResponse:
    if not actions.undo(run=run, by=request.user):
        messages.warning(request, _("There is nothing to undo."))
    return redirect("import_run", run.pk)


@require_POST
@for_run
def stop(request: HttpRequest, run: Run) -> HttpResponse:
    actions.stop(run=run)
    return redirect("import_run", run.pk)


@require_POST
@for_importers
def delete(request: HttpRequest, run_id: int) -> HttpResponse:
    """Forget a run; what it wrote stays, and can no longer be undone."""
    runs_of(request.user).filter(pk=run_id).exclude(status__in=WORKING).delete()
    return redirect("imports")


@require_safe
@for_run
def report(request: HttpRequest, run: Run, form: str) -> HttpResponseBase:
    """What became of each row, to download."""
    return _download(reporting.heading(), reporting.lines(run), form, f"import-{run.pk}")


@_both
@for_importers
def export(request: HttpRequest) -> HttpResponseBase:
    """The library's works, in the columns that an import reads."""
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        works = exporting.works_for(request.user, form.cleaned_data["language"])
        return _download(exporting.EXPORTED, exporting.rows_of(works), form.cleaned_data["form"], "library")
    told = {"form": form, "submit": _("Download"), "intro": "export", **_page(_("Export the library"), icon="table")}
    return render(request, "resources/imports/form.html", told)


def _download(heading: Any, rows: Any, form: str, name: str) -> HttpResponseBase:
    if form == "xlsx":
        response: HttpResponseBase = HttpResponse(exporting.as_workbook(heading, rows), content_type=_XLSX)
    else:
        response = StreamingHttpResponse(exporting.as_csv(heading, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
