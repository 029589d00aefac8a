"""The feed of a search, and the pages by which alerts are asked for, confirmed, looked at and ended."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from search import facets
from search.alerts import actions, feed, finding, limits, mails
from search.alerts.describing import described, parameters
from search.alerts.forms import LONGEST_TEXT, AlertForm, shown_now
from search.alerts.mail_address import identity
from search.alerts.models import SavedSearch, Subscriber
from search.alerts.tokens import Purpose, seed_of, token
from search.errors import IndexUnavailable
from search.forms import bind_page
from search.languages import LANGUAGE_CODES
from search.types import PUBLIC, SearchQuery

FEED_ENTRIES = 30
_FEED_SECONDS = 300
# Words are never in them, and not every database can hold them.
_CONTROLS = re.compile("[\x00-\x1f\x7f]+")

View = Callable[..., HttpResponse]


@require_safe
def search_feed(request: HttpRequest) -> HttpResponseBase:
    """The search of the address as an Atom feed: what anyone may see, whoever asks."""
    query = _query(request)
    try:
        entries = finding.newest(query, FEED_ENTRIES)
    except IndexUnavailable:
        # Without works: a reader would take an empty feed for the answer.
        return HttpResponse(status=503, headers={"Retry-After": str(_FEED_SECONDS)})
    said = feed.feed_of(query, entries).encode()
    response = HttpResponse(said, content_type=feed.CONTENT_TYPE, headers={"X-Robots-Tag": "noindex"})
    response["ETag"] = f'"{hashlib.sha256(said).hexdigest()[:32]}"'
    newest = int(max((entry.changed for entry in entries), default=feed.NO_WORK_YET).timestamp())
    response["Last-Modified"] = http_date(newest)
    patch_cache_control(response, public=True, max_age=_FEED_SECONDS)
    return get_conditional_response(request, etag=response["ETag"], last_modified=newest, response=response) or response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_alert(request: HttpRequest) -> HttpResponse:
    """Take the form under the results; say what is wrong with it, or that a mail is on its way."""
    if not mails.is_configured():
        raise Http404
    query = _query(request)
    form = AlertForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form_page(request, query, form)
    if form.is_from_a_robot:
        return redirect("search_alert_sent")
    if len(query.text) > LONGEST_TEXT:
        form.add_error(None, _("This search is too long to be kept. Use fewer words."))
    if not form.is_valid():
        return _form_page(request, query, form, status=422)
    address = form.cleaned_data["address"]
    if limits.too_often(request.META.get("REMOTE_ADDR", ""), identity(address)):
        form.add_error(None, _("You have asked many times. Please try again in an hour."))
        return _form_page(request, query, form, status=429)
    actions.ask_for_alert(address=address, query=query)
    return redirect("search_alert_sent")


@require_safe
def alert_sent(request: HttpRequest) -> HttpResponse:
    """The same answer for every address: it tells nobody who has alerts."""
    return render(request, "search/alerts/sent.html")


def _by_link(view: View) -> View:
    """For pages that a link in a mail opens.

    The key in their address is all that it takes, so it must not get about: no page that is opened from here is told
    the address, and nothing keeps the page. Browsers that tell no address send no origin with a form either, so
    Django's check of forms can't be passed; nor is it needed, for nobody else's page can know the key.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, key: str) -> HttpResponse:
        response = view(request, key)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return wrapped


@_by_link
def confirm_alert(request: HttpRequest, key: str) -> HttpResponse:
    """Asks before it confirms: programs that look through mail for harm open every link."""
    seed = seed_of(Purpose.CONFIRM, key)
    search = SavedSearch.objects.select_related("subscriber").filter(seed=seed).first() if seed else None
    if search is None:
        return _gone(request)
    told = {"description": described(search.text, search.filters, _language())}
    if request.method == "POST":
        actions.confirm(search)
        manage = reverse("search_alerts", args=[token(Purpose.MANAGE, search.subscriber.seed)])
        return render(request, "search/alerts/confirmed.html", told | {"manage_url": manage})
    return render(request, "search/alerts/confirm.html", told)


@_by_link
def alerts(request: HttpRequest, key: str) -> HttpResponse:
    """The alerts of an address, to be looked at and ended."""
    subscriber = _subscriber(Purpose.MANAGE, key)
    if subscriber is None:
        return _gone(request)
    if request.method == "POST":
        which = request.POST.get("remove", "")
        if which == "all":
            actions.remove_all(subscriber)
        elif which.isascii() and which.isdecimal() and len(which) < 19:
            actions.remove(subscriber=subscriber, search=int(which))
        if not Subscriber.objects.filter(pk=subscriber.pk).exists():
            return render(request, "search/alerts/ended.html")
        return redirect(request.path)
    searches = SavedSearch.objects.confirmed().filter(subscriber=subscriber)
    listed = [(search, described(search.text, search.filters, _language())) for search in searches]
    return render(request, "search/alerts/alerts.html", {"listed": listed, "address": subscriber.address})


@_by_link
def end_alerts(request: HttpRequest, key: str) -> HttpResponse:
    """Ends all alerts of an address, also for mail programs that send the form by themselves (RFC 8058)."""
    subscriber = _subscriber(Purpose.END, key)
    if request.method == "POST":
        if subscriber is not None:
            actions.remove_all(subscriber)
        # Ended before is ended as well.
        return render(request, "search/alerts/ended.html")
    return _gone(request) if subscriber is None else render(request, "search/alerts/end.html")


def _query(request: HttpRequest) -> SearchQuery:
    """The search that the parameters name, as anybody may ask it; what isn't known is left out."""
    given = request.POST if request.method == "POST" else request.GET
    query = bind_page(given, ui=_language(), readers=frozenset({PUBLIC})).query
    known, _ignored = facets.known_filters(query.filters)
    return replace(query, text=" ".join(_CONTROLS.sub(" ", query.text).split()), filters=known)


def _language() -> str:
    language = get_language() or "en"
    return language if language in LANGUAGE_CODES else "en"


def _subscriber(purpose: Purpose, key: str) -> Subscriber | None:
    seed = seed_of(purpose, key)
    return Subscriber.objects.filter(seed=seed).first() if seed else None


def _form_page(request: HttpRequest, query: SearchQuery, form: AlertForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "shown": shown_now(),
        "description": described(query.text, query.filters, query.ui),
        "hidden": parameters(query.text, query.filters),
    }
    return render(request, "search/alerts/new.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "search/alerts/gone.html", status=404)
