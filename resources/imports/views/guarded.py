"""Who comes in: those who may add pages below the library, and each to his own runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from resources.imports.permissions import may_import, runs_of


def for_importers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that refuses everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def for_run(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same for a view of one run, which it is given instead of its number; 404 for one of somebody else."""

    @for_importers
    @wraps(view)
    def guarded(request: HttpRequest, run_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        run = get_object_or_404(runs_of(request.user).select_related("user"), pk=run_id)
        return view(request, run, *args, **kwargs)

    return guarded


class Guarded:
    """The same for a view that is a class."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, unused-ignore]
