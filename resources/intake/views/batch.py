"""A batch: what became of its files, pairs to confirm, and the table of its drafts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from resources.intake import deciding, joining, queue
from resources.intake.allowed import batch_of
from resources.intake.models import Batch, DroppedFile, Pair, PairState, State, Task
from resources.intake.publishing import CHANGED
from resources.intake.table import Row, Saved, Vocabulary, rows_of, save
from resources.intake.views.dropping import drop_context
from resources.intake.views.showing import choices, shown_likes, shown_pairs, shown_rows
from resources.intake.views.telling import told

_REFUSED = {
    Task.PUBLISH: gettext_lazy("You may not publish this page."),
    Task.SUBMIT: gettext_lazy("This page can’t be sent to review."),
}
# A worker that lives takes a task within about a second.
_WORKER_SECONDS = 3


@require_GET
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _page(request, batch_of(request.user, batch_id))


@require_GET
def state(request: HttpRequest, batch_id: int) -> JsonResponse:
    """How far the work is: how many files wait, and where each stands."""
    found = batch_of(request.user, batch_id)
    files = list(found.files.order_by("pk"))
    return JsonResponse(
        {
            "waiting": sum(1 for dropped in files if dropped.task),
            "files": [{"id": dropped.pk, "state": dropped.state, "said": told(dropped)} for dropped in files],
        }
    )


@require_POST
def go_on(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Work on what waits, where no worker does: the page asks for it as long as something waits."""
    found = batch_of(request.user, batch_id)
    waiting = found.files.waiting()
    left = waiting.filter(due__lt=timezone.now() - timedelta(seconds=_WORKER_SECONDS)).exists()
    by_hand = request.headers.get("Accept") != "application/json"
    if (left or by_hand) and not queue.somebody_works():
        queue.work_off(queue.AT_ONCE_SECONDS if by_hand else 1.0, batch=found.pk)
    return redirect("drop_batch", found.pk) if by_hand else JsonResponse({"waiting": waiting.count()})


@require_POST
def decide(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What is to be done with a file that was held or could not be read."""
    found = batch_of(request.user, batch_id)
    dropped = get_object_or_404(found.files, pk=_number(request, "file"))
    match request.POST.get("do"):
        case "draft":
            deciding.draft_all_the_same(dropped=dropped, by=request.user)
        case "again":
            deciding.try_again(dropped=dropped, by=request.user)
        case "leave":
            deciding.leave_out(dropped=dropped)
    return _after(found)


@require_POST
def pair(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Say that two files are one work in two languages, or that they are not."""
    found = batch_of(request.user, batch_id)
    pairs = Pair.objects.filter(one__batch=found).select_related("one__page", "other__page")
    chosen = get_object_or_404(pairs, pk=_number(request, "pair"))
    try:
        if request.POST.get("do") == "confirm":
            joining.confirm(pair=chosen, by=request.user)
        else:
            joining.refuse(pair=chosen, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except PermissionDenied:
        messages.error(request, _("You may not change this draft now."))
    return redirect(f"{reverse('drop_batch', args=[found.pk])}#pairs")


@require_POST
def table(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Save the table; then publish, or send to review, what was chosen and lacks nothing."""
    found = batch_of(request.user, batch_id)
    vocabulary = Vocabulary(get_language() or "en")
    saved = save(rows_of(found, request.user), request.POST.dict(), vocabulary, request.user)
    do = request.POST.get("do", "save")
    if do in {"publish", "submit"}:
        chosen = {
            saved.pages.get(int(key), int(key))
            for key in request.POST.getlist("chosen")
            if key.isdecimal() and len(key) < 18
        }
        bad = {saved.pages.get(page, page) for page, _column in saved.errors}
        _ask_for(request, found, Task.PUBLISH if do == "publish" else Task.SUBMIT, chosen - bad, saved.seen)
    if saved.errors:
        count = len(saved.errors)
        messages.error(
            request,
            ngettext(
                "%(count)s cell is not saved: see below.", "%(count)s cells are not saved: see below.", count
            ) % {"count": count},
        )  # fmt: skip
        return _page(request, found, saved, status=422)
    if do == "save":
        messages.success(request, _("Saved.") if saved.changed else _("Nothing changed"))
    return redirect(f"{reverse('drop_batch', args=[found.pk])}#drafts")


def _ask_for(request: HttpRequest, found: Batch, task: Task, chosen: set[int], seen: dict[int, int]) -> None:
    """Note what is to be published or sent, as the editor has `seen` it; do some of it at once."""
    ready: list[DroppedFile] = []
    lacking = refused = 0
    for row in rows_of(found, request.user):
        if row.page.pk not in chosen:
            continue
        if seen.get(row.page.pk) != row.revision:
            refused += 1
            _note_problem(row, "", CHANGED)
            messages.error(request, f"{row.values['title']}: {CHANGED}")
            continue
        may = row.may_publish if task == Task.PUBLISH else row.may_submit
        if not may or row.locked:
            refused += 1
            _note_problem(row, "", _REFUSED[task])
            continue
        if not row.values["summary"]:
            lacking += 1
            _note_problem(row, "summary", _("A work needs a summary before it is published."))
            continue
        row.files[0].revision = row.revision
        ready.append(row.files[0])
    if lacking:
        messages.error(
            request,
            ngettext("%(count)s draft lacks a summary.", "%(count)s drafts lack a summary.", lacking)
            % {"count": lacking},
        )
    if not ready:
        if not lacking and not refused:
            messages.error(request, _("Choose drafts first."))
        return
    with transaction.atomic():
        for dropped in ready:
            DroppedFile.objects.filter(pk=dropped.pk, task=Task.NOTHING).update(
                task=task, task_by=request.user, revision=dropped.revision, attempts=0, due=timezone.now(), problems={}
            )
    if not queue.somebody_works():
        queue.work_off(queue.AT_ONCE_SECONDS, batch=found.pk)
    count = len(ready)
    text = (
        ngettext("%(count)s work is being published.", "%(count)s works are being published.", count)
        if task == Task.PUBLISH
        else ngettext("%(count)s work is being sent to review.", "%(count)s works are being sent to review.", count)
    )
    messages.success(request, text % {"count": count})


def _note_problem(row: Row, column: str, said: object) -> None:
    row.files[0].problems = {column: str(said)}
    row.files[0].save(update_fields=["problems"])


def _page(request: HttpRequest, found: Batch, saved: Saved | None = None, status: int = 200) -> HttpResponse:
    vocabulary = Vocabulary(get_language() or "en")
    rows: list[Row] = rows_of(found, request.user)
    files = list(found.files.select_related("document").order_by("pk"))
    undecided = [file for file in files if file.state in {State.HELD, State.FAILED}]
    likes = shown_likes(undecided, request)
    pairs = (
        Pair.objects.filter(one__batch=found)
        .exclude(state=PairState.REFUSED)
        .select_related("one__document", "other__document", "one__page__locale", "other__page__locale")
        .order_by("-score", "pk")
    )
    context: dict[str, Any] = {
        "batch": found,
        "undecided_days": settings.DROP_UNDECIDED_DAYS,
        "undecided": [(file, told(file), likes.get(file.pk, ())) for file in undecided],
        "waiting": [(file, told(file)) for file in files if file.task],
        "rows": shown_rows(rows, vocabulary, saved),
        "pairs": shown_pairs(list(pairs)),
        "may_publish": any(row.may_publish for row in rows),
        "may_submit": any(row.may_submit and not row.may_publish for row in rows),
        "choices": choices(vocabulary),
        "gone": sum(1 for file in files if file.state == State.DRAFTED and file.page_id is None),
        **drop_context(reverse("drop_files", args=[found.pk])),
    }
    return render(request, "intake/batch.html", context, status=status)


def _after(found: Batch) -> HttpResponse:
    # An empty batch isn't removed at once: more may be on its way into it.
    if not found.files.exists():
        return redirect("drop_index")
    if not queue.somebody_works():
        queue.work_off(queue.AT_ONCE_SECONDS, batch=found.pk)
    return redirect("drop_batch", found.pk)


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 18 else 0
