"""What becomes of a pack besides its text: how it is used, who may edit it, whose it is, and its end."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from resources.packs import actions
from resources.packs.codes import opens
from resources.packs.keys import hand_out, key_ring, may_shut_out, ring_with_room
from resources.packs.models import Pack, PackUse
from resources.packs.use_chart import Count, chart
from resources.packs.views.gate import for_makers, page
from resources.packs.views.refusing import no_room
from resources.packs.views.responses import see_other


@for_makers
def use(request: HttpRequest, pack: Pack) -> HttpResponse:
    """How often the pack was opened, downloaded and copied: counts by day, and nothing of those who did."""
    rows = pack.counts.values_list("day", "use", "count")
    drawn = chart((Count(*row) for row in rows), PackUse.values, timezone.localdate())
    names = {use.value: use.label for use in PackUse}
    return page(request, pack, "use", {"chart": drawn, "names": [names[name] for name in PackUse.values]})


@for_makers
def link(request: HttpRequest, pack: Pack) -> HttpResponse:
    """The shared edit link, as far as this browser knows it. A form makes another one: the old one opens nothing.
    Of a pack that has an owner only the owner may: whoever has the link alone can't shut the others out.
    """
    may_renew = may_shut_out(request, pack)
    if request.method == "POST" and may_renew:
        ring = ring_with_room(request, pack.code)
        if ring is None:
            return no_room(request, reverse("packs:link", args=[pack.code]))
        secret = actions.renew_secret(pack=pack)
        response = see_other(f"{reverse('packs:link', args=[pack.code])}?done=renewed")
        hand_out(response, ring.with_pack(pack.code, secret, count=pack.items.count()))
        return response
    secret = key_ring(request).secrets.get(pack.code, "")
    address = reverse("packs:join", args=[pack.code, secret]) if opens(secret, pack.edit_hash) else ""
    context = {
        "link": f"{settings.SEARCH_BASE_URL}{address}" if address else "",
        "may_renew": may_renew,
        "done": request.GET.get("done", ""),
    }
    return page(request, pack, "link", context, status=403 if request.method == "POST" else 200)


@for_makers
def claim(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Let the account that is signed in own the pack; who isn't signed in may do that first."""
    here = reverse("packs:claim", args=[pack.code])
    if not request.user.is_authenticated:
        return redirect_to_login(here, login_url=reverse("wagtailcore_login"))
    if request.method == "POST":
        actions.claim(pack=pack, by=request.user)
        return see_other(here)
    return page(request, pack, "claim")


@for_makers
def delete(request: HttpRequest, pack: Pack) -> HttpResponse:
    """Ask, then delete. Only its owner may delete a pack that has one; the edit link alone is not enough."""
    may_delete = may_shut_out(request, pack)
    if request.method == "POST" and may_delete:
        code = pack.code
        actions.delete(pack=pack)
        response = see_other(reverse("packs:mine"))
        hand_out(response, key_ring(request).without(code))
        return response
    context = {"may_delete": may_delete, "copies": pack.editions.filter(copies__isnull=False).exists()}
    return page(request, pack, "delete", context, status=403 if request.method == "POST" else 200)
