"""What a copy changed against its original, and an edition against the one before."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from resources.packs.clock import clock
from resources.packs.content import PackItem
from resources.packs.differences import Part, PartChange, differences
from resources.packs.editions import shown
from resources.packs.models import Edition, Pack
from resources.packs.text_differences import Piece
from resources.packs.views.public import of_public_pack, public_edition
from resources.places import language_name, time_needed
from resources.source import type_label


@dataclass(frozen=True, slots=True)
class ChangeView:
    """`label` says what changed; of what people wrote there are `pieces`, of all else `before` and `after`."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """`moved_to` is the heading that it stands under now."""

    title: str
    language: str
    kind_label: str
    changes: tuple[ChangeView, ...] = ()
    moved: bool = False
    moved_to: str = ""


@require_safe
@of_public_pack
def compare(request: HttpRequest, found: Pack, number: int) -> HttpResponse:
    """`?with=original` compares with the pack that it was copied from, which is all that a first edition can be
    compared with; `?with=2` with that edition; else with the one before.
    """
    edition = public_edition(found, number)
    original = _original(found)
    asked = request.GET.get("with", "")
    earlier = found.editions.filter(number__lt=number).order_by("-number")
    named = earlier.filter(number=int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else earlier
    before = named.first() or earlier.first()
    wants_original = original is not None and (before is None or asked == "original")
    other = original if wants_original else before
    if other is None:
        raise Http404
    reader = get_language() or "en"
    old, new = shown(other, reader, with_passages=False), shown(edition, reader, with_passages=False)
    found_out = differences(old, new)
    return render(
        request,
        "packs/compare.html",
        {
            "pack": found,
            "content": new,
            "other": old,
            "with_original": wants_original,
            "both": original is not None and before is not None,
            "is_empty": found_out.is_empty,
            "own": [_change(change, reader) for change in found_out.own],
            "added": [_line(item, reader) for item in found_out.added],
            "removed": [_line(item, reader) for item in found_out.removed],
            "changed": [
                ItemLine(
                    title=change.after.text_for(reader).title,
                    language=change.after.language_for(reader),
                    kind_label=type_label(change.after.type, reader) if change.after.type else "",
                    changes=tuple(_change(part, reader) for part in change.parts),
                    moved=change.moved,
                    moved_to=change.section or "",
                )
                for change in found_out.changed
            ],
        },
    )


def _original(pack: Pack) -> Edition | None:
    """The edition that a pack was copied from, None if there is none or editors closed it."""
    if pack.based_on_id is None:
        return None
    return Edition.objects.select_related("pack").filter(pk=pack.based_on_id, pack__hidden=False).first()


def _line(item: PackItem, reader: str) -> ItemLine:
    label = type_label(item.type, reader) if item.type else ""
    return ItemLine(item.text_for(reader).title, item.language_for(reader), label)


def _change(change: PartChange, reader: str) -> ChangeView:
    before, after = (_said(change.part, value, reader) for value in (change.before, change.after))
    return ChangeView(_label(change.part), before, after, change.pieces)


def _label(part: Part) -> str:
    match part:
        case Part.TITLE:
            return _("Title")
        case Part.INTRODUCTION:
            return _("Introduction")
        case Part.MAKER:
            return _("Made by")
        case Part.LANGUAGE:
            return _("Language")
        case Part.TARGET:
            return _("Target length")
        case Part.SECTION:
            return _("Section")
        case Part.NOTE:
            return _("Note to the reader")
        case Part.QUESTIONS:
            return _("Questions for discussion")
        case Part.PAGES:
            return _("Pages")
        case Part.SPAN:
            return _("Part of the video")
        case Part.FILE:
            return _("The document has changed")


def _said(part: Part, value: str, reader: str) -> str:
    if not value:
        return _("Each reader’s own") if part is Part.LANGUAGE else ""
    match part:
        case Part.LANGUAGE:
            return language_name(value, reader)
        case Part.TARGET:
            return time_needed(int(value), reader)
        case Part.PAGES:
            first, _dash, last = value.partition("-")
            return first if first == last else f"{first}–{last}"
        case Part.SPAN:
            return "–".join(clock(float(second)) for second in value.split("-"))
        case _:
            return value
