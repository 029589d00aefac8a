"""What machines ask: is it alive, is it ready to serve, and is this an endpoint at all."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from search import service

logger = logging.getLogger(__name__)


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Database, index and queue: 200 when all can serve, 503 with the part that can't."""
    parts: dict[str, object] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        parts["database"] = "ok"
    except DatabaseError as error:
        parts["database"] = f"unavailable: {type(error).__name__}"
    if parts["database"] == "ok":
        health = service.health()
        if not health.index_ok:
            # It may name files of this machine: for the log, not for whoever asks.
            logger.warning("The search index can't answer. %s", health.index_reason)
        parts["index"] = "ok" if health.index_ok else "unavailable"
        parts["queue"] = {"waiting": health.waiting, "failed": health.failed}
    good = parts["database"] == "ok" and parts.get("index") == "ok"
    return JsonResponse({"status": "ok" if good else "unavailable", **parts}, status=200 if good else 503)


@csrf_exempt
def no_such_endpoint(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"error": {"code": "not_found", "message": _("There is no such endpoint.")}}, status=404)
