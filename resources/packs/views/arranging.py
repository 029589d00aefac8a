"""The page where a pack is arranged: one form, of which every button saves everything before it does its own."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from resources.models.choices import LANGUAGE_CHOICES
from resources.packs import actions
from resources.packs.actions.arrange import MOST_SECTIONS
from resources.packs.actions.save import Saved, digest
from resources.packs.arrange_boxes import boxes, version_name
from resources.packs.arrange_form import (
    LONGEST_MAKER,
    Limit,
    Sent,
    clean,
    only,
    places,
    read_form,
)
from resources.packs.choosing import Choice, read_choice
from resources.packs.clashes import clashes, lost, resolved, titles
from resources.packs.keys import hand_out, key_ring
from resources.packs.models import ExportKind, Item, Pack
from resources.packs.models.pack import LONGEST_TEXT, LONGEST_TITLE
from resources.packs.moving import Order
from resources.packs.overview import lacking, overview
from resources.packs.touching import touch
from resources.packs.views.gate import for_makers, interface_language, page
from resources.packs.views.pressing import UNDO, Done, press
from resources.packs.views.responses import see_other
from resources.packs.weighing import weigh

PAGES = {
    "languages": "packs:languages",
    "changes": "packs:changes",
    "share": "packs:share",
    "use": "packs:use",
    "link": "packs:link",
    "delete": "packs:delete",
}
"""Where the form's buttons lead once everything is saved."""


@for_makers
def edit(request: HttpRequest, pack: Pack) -> HttpResponse:
    """The form; a page with both texts when somebody else changed the same meanwhile."""
    if request.method != "POST":
        return _form(request, pack)
    post: QueryDict = request.POST
    do = post.get("do", "")[:40]
    verb, _, key = do.partition(":")
    with transaction.atomic():
        touch(pack)
        if do == "resolve":
            post, back = resolved(request.POST, actions.order_of(pack))
            _put_back(pack, post, back)
        sent = read_form(post, _limits(pack), without=key if verb == "item-remove" else "")
        saved, orders = (Saved(), None) if sent.errors else _save(pack, sent)
        done = None if sent.errors else press(request, pack, verb, key, post)
        if done is None and do != "resolve":
            # Nothing was changed, so the pack was not changed now either.
            transaction.set_rollback(True)
    if done is None:
        return _form(request, pack, post, sent)
    if saved.conflicts or orders:
        response = _clash_page(request, pack, post, saved, orders)
    elif verb == "go" and key == "search":
        response = see_other(reverse("search"))
    elif verb == "go" and key in PAGES:
        response = see_other(reverse(PAGES[key], args=[pack.code]))
    else:
        response = see_other(_back(pack, done))
    hand_out(response, key_ring(request).counting(pack.code, pack.items.count()))
    return response


def _limits(pack: Pack) -> dict[str, Limit]:
    rows = pack.items.values_list("key", "document__pages", "document__duration")
    return {key: Limit(pages, seconds) for key, pages, seconds in rows}


def _save(pack: Pack, sent: Sent) -> tuple[Saved, tuple[Order, Order] | None]:
    """Save what was sent. Where both moved something, the order stays; told are theirs and the one that was sent. One
    that doesn't say which order it was made from is made from none that stood here.
    """
    now = actions.order_of(pack)
    saved = actions.save(pack=pack, own=sent.own, sections=sent.sections, items=sent.items)
    known = only(now, sent.order_was or sent.order)
    mine, was = only(sent.order, now), only(sent.order_was, now)
    if mine in (was, known):
        return saved, None
    if known != was:
        return saved, (known, mine)
    actions.arrange(pack=pack, order=sent.order)
    return saved, None


def _put_back(pack: Pack, post: QueryDict, back: list[tuple[str, list[tuple[str, str]]]]) -> None:
    """Put items and sections back that others took out, and what was written for them into the form."""
    chosen = [(choice, fields) for text, fields in back if (choice := read_choice(text))]
    for text, fields in back[:MOST_SECTIONS]:
        if read_choice(text) is None:
            actions.add_section(pack=pack, title=clean(dict(fields).get("title", ""), lines=False)[:LONGEST_TITLE])
    added = actions.add(pack=pack, choices=[choice for choice, _fields in chosen])
    for choice, fields in chosen:
        for item in [each for each in added if _is(each, choice)][:1] or _there(pack, choice):
            post.appendlist("place", f"i:{item.key}")
            for name, text in fields:
                post[f"i-{item.key}-{name}"], post[f"i-{item.key}-{name}-was"] = text, digest("")


def _is(item: Item, choice: Choice) -> bool:
    return (item.work, item.kind, item.document_id, item.first_page, item.start) == (
        choice.work,
        choice.kind.value,
        choice.document,
        choice.first_page,
        choice.start,
    )


def _there(pack: Pack, choice: Choice) -> list[Item]:
    return list(pack.items.filter(work=choice.work, kind=choice.kind.value, document=choice.document))[:1]


def _form(request: HttpRequest, pack: Pack, typed: QueryDict | None = None, sent: Sent | None = None) -> HttpResponse:
    told = overview(pack, interface_language())
    weight = weigh(told)
    undo = request.session.get(UNDO) or {}
    context = {
        "told": told,
        "form": boxes(told, weight, typed, sent),
        "weight": weight.whole.total if weight.items else 0,
        "carry": ExportKind.ZIP.label,
        "errors": sent.errors if sent else {},
        "languages": [(code, version_name(code)) for code, _ in LANGUAGE_CHOICES],
        "lacking": len(lacking(told)),
        "undo": undo.get("what") if undo.get("code") == pack.code else "",
        "done": request.GET.get("done", "") if sent is None else "",
        "at": request.GET.get("at", ""),
        "longest": {"title": LONGEST_TITLE, "text": LONGEST_TEXT, "maker": LONGEST_MAKER},
    }
    return page(request, pack, "edit", context, status=422 if sent else 200)


def _clash_page(
    request: HttpRequest, pack: Pack, post: QueryDict, saved: Saved, orders: tuple[Order, Order] | None
) -> HttpResponse:
    ui = interface_language()
    told = overview(pack, ui)
    items = {each.item.key: each for each in told.items}
    sections = {each.section.key: each.section.title for each in told.sections}
    context = {
        "clashes": clashes(saved.conflicts, told),
        "lost": lost(saved.conflicts, post, ui),
        "orders": [titles(order, items, sections) for order in orders] if orders else None,
        "order_mine": " ".join(places(orders[1])) if orders else "",
        "languages": [("", ""), *((code, version_name(code)) for code, _ in LANGUAGE_CHOICES)],
    }
    return page(request, pack, "clashes", context, status=409)


def _back(pack: Pack, done: Done) -> str:
    query = urlencode({name: value for name, value in (("done", done.what), ("at", done.at)) if value})
    # Where an address names a place, browsers give the focus to nothing else.
    anchor = f"#{done.anchor}" if done.anchor and not done.at else ""
    return f"{reverse('packs:edit', args=[pack.code])}?{query}{anchor}"
