"""Where makers come in: their packs, a new one, and the shared edit link."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from resources.packs import actions
from resources.packs.arrange_form import clean
from resources.packs.codes import opens, typed_code
from resources.packs.keys import hand_out, key_ring, may_edit, ring_with_room
from resources.packs.models import Pack
from resources.packs.models.pack import LONGEST_TITLE
from resources.packs.views.gate import interface_language, shut
from resources.packs.views.refusing import begins_too_often, no_room, too_often
from resources.packs.views.responses import see_other

_NONCE = "pack_join_token"
_SALT = "resources.packs.join"
_NONCE_SECONDS = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The packs that this browser holds the secrets of, and those of the account. A form chooses the one to fill."""
    ring = key_ring(request)
    if request.method == "POST":
        pack = Pack.objects.filter(code=typed_code(request.POST.get("fill", ""))).first()
        response = see_other(reverse("packs:mine"))
        if pack is not None and may_edit(request, pack):
            hand_out(response, ring.counting(pack.code, pack.items.count()))
        return response
    mine = Q(code__in=list(ring.secrets))
    if request.user.is_authenticated:
        mine |= Q(owner=request.user.pk)
    found = Pack.objects.filter(mine).annotate(
        item_count=Count("items", distinct=True), edition_count=Count("editions", distinct=True)
    )
    packs = [pack for pack in found if may_edit(request, pack)]
    return render(request, "packs/making/mine.html", {"packs": packs, "filling": ring.current})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Begin a pack, for learners who read the language of the interface until the maker says otherwise."""
    if request.method != "POST":
        return see_other(reverse("packs:mine"))
    ring = ring_with_room(request)
    if ring is None:
        return no_room(request, reverse("packs:mine"))
    if begins_too_often(request):
        return too_often(request, "packs/begun_too_often.html", reverse("packs:mine"))
    title = clean(request.POST.get("title", ""), lines=False)[:LONGEST_TITLE]
    owner = request.user if request.user.is_authenticated else None
    pack, secret = actions.begin(language=interface_language(), title=title, owner=owner)
    response = see_other(reverse("packs:edit", args=[pack.code]))
    hand_out(response, ring.with_pack(pack.code, secret, count=0))
    return response


# Django's own check of forms asks for an origin or a referrer, and a page whose address is a secret sends neither.
# What another site could do here is to put a pack of its own before a visitor: `_is_ours` sees to that.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """What a shared edit link opens: asks before it gives the secret to this browser, for programs open links too."""
    pack = Pack.objects.filter(code=typed_code(code)).first()
    if pack is None or not opens(secret, pack.edit_hash):
        response = shut(request)
    elif request.method == "POST" and _is_ours(request, pack):
        response = _let_in(request, pack, secret)
    else:
        response = _ask(request, pack)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _let_in(request: HttpRequest, pack: Pack, secret: str) -> HttpResponse:
    ring = ring_with_room(request, pack.code)
    if ring is None:
        return no_room(request, reverse("packs:mine"))
    response = see_other(reverse("packs:edit", args=[pack.code]))
    hand_out(response, ring.with_pack(pack.code, secret, count=pack.items.count()))
    response.delete_cookie(_NONCE)
    return response


def _ask(request: HttpRequest, pack: Pack) -> HttpResponse:
    nonce = secrets.token_urlsafe(16)
    context = {"pack": pack, "count": pack.items.count(), "proof": signing.dumps([pack.code, nonce], salt=_SALT)}
    response = render(request, "packs/making/join.html", context)
    # A form from elsewhere comes without it.
    response.set_cookie(
        _NONCE,
        nonce,
        max_age=_NONCE_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _is_ours(request: HttpRequest, pack: Pack) -> bool:
    """Whether the form was made by this portal for this browser."""
    try:
        told = signing.loads(request.POST.get("proof", ""), salt=_SALT, max_age=_NONCE_SECONDS)
    except signing.BadSignature:
        return False
    return constant_time_compare("/".join(map(str, told)), f"{pack.code}/{request.COOKIES.get(_NONCE, '')}")
