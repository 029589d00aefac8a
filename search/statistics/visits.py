"""What of a request matters for counting: whether a person reads, and from which search they come."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import override

from search.forms import bind_page
from search.languages import LANGUAGE_CODES
from search.types import SearchQuery

# Every browser calls itself Mozilla; CUBOT makes phones.
_BROWSER = re.compile(r"(?:Mozilla|Opera)/")
_ROBOT = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|headless|preview|monitor|lighthouse|archive|http|python", re.IGNORECASE
)


def is_counted(request: HttpRequest) -> bool:
    """Whether a person asks with a browser: no robot, no page fetched in case it is wanted, nobody who works here."""
    return (
        request.method == "GET"
        and not is_robot(request)
        and not (request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin"))
    )


def is_robot(request: HttpRequest) -> bool:
    """Whether a program asks, or a browser that fetches a page in case it is wanted."""
    agent = request.headers.get("User-Agent", "")
    return (
        not _BROWSER.match(agent)
        or bool(_ROBOT.search(agent))
        or "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    )


def search_before(request: HttpRequest) -> SearchQuery | None:
    """The search from whose page a visitor comes, None if from elsewhere. `ui` is that page's language."""
    try:
        address = urlsplit(request.headers.get("Referer", ""))
        language = search_paths().get(address.path)
        if language is None or address.netloc != request.get_host():
            return None
        return bind_page(QueryDict(address.query), ui=language, readers=frozenset()).query
    except (ValueError, TooManyFieldsSent):
        return None


@lru_cache(maxsize=1)
def search_paths() -> dict[str, str]:
    """Language by path of the search page."""
    return {search_path(language): language for language in LANGUAGE_CODES}


def search_path(language: str) -> str:
    """The path of the search page in a language."""
    with override(language):
        return reverse("search")
