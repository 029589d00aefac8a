"""The language of a request, from its address; how much may be sent with it; where an answer may be framed, and what
may be kept of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers

from portal.errors import not_found, too_large
from resources.importing import archive, sheet
from resources.packs.keys import COOKIE as PACK_KEYS

# What has no language in its address is not to be found under a language either.
WITHOUT_LANGUAGE = ("/admin/", "/api/", "/django-admin/", "/documents/", "/media/", "/r/", "/static/")

# How much of files is taken beside what a form holds, by where an address begins; the first that fits holds.
UPLOADS: tuple[tuple[str, Callable[[], int]], ...] = (
    # Without scripts a whole pile comes at once.
    ("/admin/drop/", lambda: int(settings.DROP_MAX_FILES) * int(settings.UPLOAD_MAX_BYTES)),
    ("/admin/imports/new/", lambda: sheet.MAX_BYTES + archive.MOST_BYTES),
    ("/admin/", lambda: int(settings.UPLOAD_MAX_BYTES)),
    ("/django-admin/", lambda: int(settings.UPLOAD_MAX_BYTES)),
)

# Codes that ISO 639 has replaced, and that older phones still send: Indonesian, and Filipino as Tagalog.
OLD_CODES = {"in": "id", "tl": "fil"}
_OLD_CODE = re.compile(r"(?<![\w-])(in|tl)(?![\w])", re.IGNORECASE | re.ASCII)


class PortalLocaleMiddleware(LocaleMiddleware):
    """As Django's, but old codes of languages are understood, and a file that isn't there is a plain 404 and no
    redirect to a page that isn't there either.
    """

    def process_request(self, request: HttpRequest) -> None:
        if wanted := request.META.get("HTTP_ACCEPT_LANGUAGE"):
            request.META["HTTP_ACCEPT_LANGUAGE"] = _OLD_CODE.sub(lambda found: OLD_CODES[found[1].lower()], wanted)
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


class PortalCSPMiddleware(CSPMiddleware):
    """As django-csp's, but the admin may frame a page that it previews."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        # Wagtail makes a preview by a request of its own, to the page's address and not to one of the admin.
        if getattr(request, "is_preview", False):
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts


class OwnNotFound:
    """In development too a visitor is told in the portal's own words that a page isn't there.

    Stands next to the views. Django's account of what it looked for says nothing to visitors, and fits no phone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        # No view was found, so none could raise what is looked at below.
        if response.status_code == 404 and request.resolver_match is None:
            return not_found(request, Http404())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return not_found(request, exception) if isinstance(exception, Http404) else None


def without_null_characters(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """No page has a null character in its address, and no word that somebody looks for: PostgreSQL keeps no text with
    one, and would make an error of it.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            return not_found(request, Http404())
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return get_response(request)

    return answer


def bounded_bodies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Nobody fills the disk by sending what no form takes: a file is looked at only when all of it has been written
    down. More than a form holds is taken only of who may enter the admin, and only where files are sent to.

    Stands where it is known who sends it, and before anything reads what is sent.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        form = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isascii() or not length.isdecimal() or len(length) > 15:
            return too_large(request)
        if int(length) > form:
            files = next((most() for place, most in UPLOADS if request.path_info.startswith(place)), 0)
            if int(length) > form + files or not request.user.has_perm("wagtailadmin.access_admin"):
                return too_large(request)
        return get_response(request)

    return answer


def private_to_visitors(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What a visitor with a session or a pack is shown may be for that visitor alone: no shared cache keeps it.
    Pages differ by these cookies, whoever asks first.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if {settings.SESSION_COOKIE_NAME, PACK_KEYS} & request.COOKIES.keys() and "Cache-Control" not in response:
            patch_cache_control(response, private=True)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return answer
