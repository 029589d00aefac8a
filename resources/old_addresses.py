"""Where a page stood before: its old address leads to the new one, in every language of the interface.

Wagtail notes the old addresses of a page whose slug or place changes, and of all below it, each leading to the page
itself, so that no chain comes to be.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from resources.access import may_see_page
from resources.models import ResourcePage
from resources.reader_language import language_distance
from resources.short_addresses import in_interface
from resources.withdrawing import withdrawal_shown_at
from search.languages import LANGUAGE_CODES

MOST_STEPS = 10
"""So many redirects that an editor wrote one after another are followed here, instead of by the browser."""


class OldAddresses(RedirectMiddleware):
    """As Wagtail's, but an address under another language than the page had is known too, and nothing is told of a page
    that the visitor may not open.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or "\0" in request.path:
            return response
        # With what was asked, which a redirect may be about, and without.
        found = _leads_to(request.get_full_path(), request) or _leads_to(request.path, request)
        if found is None:
            return response
        target, permanent = found
        for _step in range(MOST_STEPS):
            further = _leads_to(target, request) if target.startswith("/") else None
            if further is None or further[0] == target:
                break
            target, permanent = further[0], permanent and further[1]
        if urlsplit(target).path == request.path:
            return response
        return HttpResponsePermanentRedirect(target) if permanent else HttpResponseRedirect(target)


def _leads_to(address: str, request: HttpRequest) -> tuple[str, bool] | None:
    """Where a redirect of this address leads, and whether for ever."""
    try:
        asked = Redirect.normalise_path(address)
    except ValueError:
        # `//[` is read as a host that can't be one.
        return None
    language, _, rest = asked.lstrip("/").partition("/")
    paths = {asked: language}
    if language in LANGUAGE_CODES and rest:
        paths |= {f"/{code}/{rest}": code for code in LANGUAGE_CODES}
    site = Site.find_for_request(request)
    known = list(Redirect.get_for_site(site).filter(old_path__in=paths).select_related("redirect_page"))
    # A page of the site's own comes before one that is meant for every site.
    known.sort(key=lambda each: (language_distance(paths[each.old_path], language), each.site_id is None))
    for redirect in known:
        page = redirect.redirect_page
        if page is not None and not _is_open(page, request):
            continue
        if link := redirect.link:
            moved = redirect.old_path != asked
            return (in_interface(link, language) if moved and link.startswith("/") else link), redirect.is_permanent
    return None


def _is_open(page: Page, request: HttpRequest) -> bool:
    specific = page.specific
    shown = specific.live or (isinstance(specific, ResourcePage) and withdrawal_shown_at(specific) is not None)
    return bool(shown) and may_see_page(specific, request)
