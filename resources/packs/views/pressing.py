"""What the buttons of the arranging page do once everything is saved."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from resources.packs import actions
from resources.packs.models import Pack
from resources.packs.moving import moved_item, moved_section, moved_to_section

UNDO = "pack-undo"
"""Where a session keeps what was taken out last."""


@dataclass(frozen=True, slots=True)
class Done:
    """`what` was done, for the page to tell; `at` is the button that was pressed, which gets the focus again;
    without it `anchor` is the place to show.
    """

    what: str
    at: str = ""
    anchor: str = ""


def press(request: HttpRequest, pack: Pack, verb: str, key: str, post: QueryDict) -> Done:
    """Do what a button says. What it speaks of may be gone; then nothing is done."""
    if verb == "undo":
        return _undo(request, pack)
    request.session.pop(UNDO, None)
    order = actions.order_of(pack)
    if verb in ("item-up", "item-down"):
        actions.arrange(pack=pack, order=moved_item(order, key, down=verb == "item-down"))
        return Done("moved", f"{verb}:{key}")
    if verb == "item-move":
        actions.arrange(pack=pack, order=moved_to_section(order, key, post.get(f"i-{key}-to", "")))
        return Done("moved", f"{verb}:{key}")
    if verb in ("section-up", "section-down"):
        actions.arrange(pack=pack, order=moved_section(order, key, down=verb == "section-down"))
        return Done("moved", f"{verb}:{key}")
    if verb == "section-add":
        section = actions.add_section(pack=pack)
        return Done("section", f"title:{section.key}") if section else Done("full")
    if verb in ("item-remove", "section-remove"):
        take_out = actions.take_section_out if verb == "section-remove" else None
        removed = take_out(pack=pack, section=key) if take_out else actions.take_out(pack=pack, item=key)
        if removed is not None:
            request.session[UNDO] = {"code": pack.code, **removed}
            return Done("removed", "undo")
    return Done("saved", "save")


def _undo(request: HttpRequest, pack: Pack) -> Done:
    removed = request.session.pop(UNDO, None)
    if not removed or removed.get("code") != pack.code or not actions.put_back(pack=pack, removed=removed):
        return Done("saved", "save")
    return Done("back", anchor=f"{removed['what'][0]}-{removed['key']}")
