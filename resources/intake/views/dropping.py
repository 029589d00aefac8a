"""Dropping: a list of batches with a place to drop files, and the files as they arrive, one request each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from resources.intake import queue
from resources.intake.allowed import batch_of, batches_of, collections_of
from resources.intake.models import Batch, DroppedFile, State
from resources.intake.receiving import Received, kinds_taken, receive
from resources.intake.tidying import remove_if_empty
from resources.intake.views.telling import told

BATCHES = 30


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The newest batches, and a place to drop files. What is sent begins a new batch."""
    batches = batches_of(request.user)
    if request.method == "POST":
        batch = Batch.objects.create(made_by=request.user, collection=_collection(request))
        if _wants_json(request):
            return JsonResponse(
                {"page": reverse("drop_batch", args=[batch.pk]), "files": reverse("drop_files", args=[batch.pk])},
                status=201,
            )
        return _take_all(request, batch)
    counted = batches.annotate(
        dropped=Count("files"),
        drafted=Count("files", filter=Q(files__state=State.DRAFTED)),
        undecided=Count("files", filter=Q(files__state__in=[State.HELD, State.FAILED])),
    ).filter(dropped__gt=0)
    context = {
        "batches": counted[:BATCHES],
        "collections": collections_of(request.user),
        **drop_context(reverse("drop_index")),
    }
    return render(request, "intake/index.html", context)


@require_POST
def files(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take what is sent: one file with scripts, any number without. A file is acknowledged after its commit."""
    batch = batch_of(request.user, batch_id)
    if not _wants_json(request):
        return _take_all(request, batch)
    upload = request.FILES.get("files")
    if upload is None:
        return JsonResponse({"error": _("No file arrived.")}, status=400)
    try:
        received = _received(request, batch, upload)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return JsonResponse(
        {"id": received.file.pk, "said": _said(received.file, is_new=received.is_new)},
        status=201 if received.is_new else 200,
    )


@require_POST
def known(request: HttpRequest, batch_id: int) -> JsonResponse:
    """Which of some checksums the batch has: what a broken line has cost needn't be sent again."""
    batch = batch_of(request.user, batch_id)
    asked = request.POST.getlist("checksum")[: 4 * settings.DROP_MAX_FILES]
    return JsonResponse({"known": list(batch.files.filter(checksum__in=asked).values_list("checksum", flat=True))})


def drop_context(target: str) -> dict[str, Any]:
    """What the place to drop files needs to know."""
    return {
        "drop_target": target,
        "kinds": kinds_taken(),
        "accept": ",".join(f".{kind}" for kind in kinds_taken()),
        "most_files": settings.DROP_MAX_FILES,
        "most_megabytes": settings.UPLOAD_MAX_BYTES // (1024 * 1024),
    }


def _take_all(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Each file by itself: one that is refused costs no other."""
    taken = 0
    for upload in request.FILES.getlist("files"):
        try:
            _received(request, batch, upload)
            taken += 1
        except ValidationError as error:
            messages.error(request, f"{upload.name}: {' '.join(error.messages)}")
    if not taken and (remove_if_empty(batch) or not batch.files.exists()):
        if not request.FILES:
            messages.error(request, _("Choose files first."))
        return redirect("drop_index")
    messages.success(
        request, ngettext("%(count)s file is stored.", "%(count)s files are stored.", taken) % {"count": taken}
    )
    if not queue.somebody_works():
        # Where no worker runs, as in development, the reading begins with the request.
        queue.work_off(queue.AT_ONCE_SECONDS, batch=batch.pk)
    return redirect("drop_batch", batch.pk)


def _received(request: HttpRequest, batch: Batch, upload: UploadedFile[Any]) -> Received:
    """Raises ValidationError, and Http404 for a batch that was removed meanwhile: nothing is acknowledged then."""
    try:
        return receive(batch=batch, upload=upload, name=upload.name or "", by=request.user)
    except Batch.DoesNotExist:
        raise Http404 from None


def _said(dropped: DroppedFile, *, is_new: bool) -> str:
    if not is_new:
        return _("It was here already.")
    return _("Stored.") if dropped.state == State.STORED else told(dropped)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _collection(request: HttpRequest) -> Any:
    allowed = collections_of(request.user)
    chosen = request.POST.get("collection", "")
    return (allowed.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None) or (
        allowed.first()
    )
