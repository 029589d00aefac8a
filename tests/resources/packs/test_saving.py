"""Two who save at once lose nothing: what only one changed is written, what both changed is told."""

from __future__ import annotations

import pytest

from resources.packs.actions.save import Conflict, Field, digest, save
from resources.packs.models import Pack
from tests.resources.packs.made import NOTES


def field(value: object, shown: object) -> Field:
    return Field(value, digest(shown))


@pytest.mark.parametrize("language", NOTES)
def test_a_text_that_both_changed_stays_and_both_are_told(pack: Pack, language: str) -> None:
    text = NOTES[language]
    item = pack.items.first()
    assert item is not None
    pack.items.filter(pk=item.pk).update(note=f"{text} 1")
    saved = save(pack=pack, own={}, sections={}, items={item.key: {"note": field(f"{text} 2", "")}})
    assert saved.conflicts == [Conflict(item.key, "note", f"{text} 1", f"{text} 2")]
    item.refresh_from_db()
    assert item.note == f"{text} 1"


def test_what_a_maker_left_alone_is_not_written(pack: Pack) -> None:
    Pack.objects.filter(pk=pack.pk).update(maker="Other")
    saved = save(pack=pack, own={"maker": field("", ""), "title": field("New", pack.title)}, sections={}, items={})
    assert (saved.conflicts, saved.changed) == ([], [("", "title")])
    assert (pack.title, pack.maker) == ("New", "Other")


def test_both_having_written_the_same_is_no_conflict(pack: Pack) -> None:
    Pack.objects.filter(pk=pack.pk).update(introduction="One\nTwo")
    saved = save(pack=pack, own={"introduction": field("One\r\nTwo\n", "")}, sections={}, items={})
    assert saved.conflicts == []


@pytest.mark.parametrize(
    ("theirs", "mine", "stands", "told"),
    [
        ((1, 2), (1, 1), (1, 1), []),
        ((1, 1), (2, 2), (1, 1), ["first_page", "last_page"]),
        ((2, 2), (1, 1), (2, 2), ["first_page", "last_page"]),
        ((1, 1), (1, 2), (1, 1), []),
    ],
)
def test_a_range_changes_as_a_whole(
    pack: Pack, theirs: tuple[int, int], mine: tuple[int, int], stands: tuple[int, int], told: list[str]
) -> None:
    """The form was shown with pages 1 and 2."""
    pack.items.filter(kind="pages").update(first_page=theirs[0], last_page=theirs[1])
    item = pack.items.get(kind="pages")
    fields = {"first_page": field(mine[0], 1), "last_page": field(mine[1], 2)}
    saved = save(pack=pack, own={}, sections={}, items={item.key: fields})
    item.refresh_from_db()
    assert (item.first_page, item.last_page) == stands
    assert [each.field for each in saved.conflicts] == told


def test_what_was_written_for_what_is_gone_is_given_back(pack: Pack) -> None:
    fields = {"note": field("Long", ""), "questions": field("", ""), "language": field("km", "km")}
    saved = save(pack=pack, own={}, sections={"GONE": {"title": field("Head", "")}}, items={"GONE": fields})
    assert saved.conflicts == [
        Conflict("GONE", "title", "", "Head", gone=True),
        Conflict("GONE", "note", "", "Long", gone=True),
    ]
