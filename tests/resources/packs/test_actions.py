"""Whatever order is asked for, no item is lost and none is there twice; what was taken out comes back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.packs import actions
from resources.packs.actions.arrange import MOST_SECTIONS
from resources.packs.models import Item, Pack, Section
from resources.packs.models.pack import MOST_ITEMS
from resources.packs.moving import moved_item, moved_section, moved_to_section

KEYS = [f"K{number}" for number in range(7)]
SECTIONS = ["S0", "S1", "S2"]
some_keys = st.lists(st.sampled_from([*KEYS, "GONE", "", "S0", "\x00"]), max_size=12)
orders = st.lists(st.tuples(st.sampled_from([*SECTIONS, "GONE", ""]), some_keys), max_size=6)


@pytest.fixture
def full(db: None) -> Pack:
    """A pack of seven items in three sections; what they are of does not matter."""
    pack, _ = actions.begin(language="en")
    pack.sections.all().delete()
    for at, key in enumerate(SECTIONS):
        Section.objects.create(pack=pack, key=key, position=at)
    for at, key in enumerate(KEYS):
        section = pack.sections.get(key=SECTIONS[at % 2])
        Item.objects.create(pack=pack, section=section, key=key, position=at, work=uuid4(), kind="work")
    return pack


@given(asked=st.lists(orders, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_loses_or_doubles_anything(full: Pack, asked: list[list[tuple[str, list[str]]]]) -> None:
    for order in asked:
        actions.arrange(pack=full, order=order)
        now = actions.order_of(full)
        assert sorted(key for key, _ in now) == SECTIONS
        assert sorted(item for _, items in now for item in items) == KEYS
        # What was named stands where it was put, in that order, before the rest.
        taken: set[str] = set()
        for key in SECTIONS:
            named: list[str] = []
            for section, items in order:
                for item in items:
                    if section in SECTIONS and item in KEYS and item not in taken and section == key:
                        first = next(s for s, each in order if s in SECTIONS and item in each)
                        if first == key:
                            taken.add(item)
                            named.append(item)
            assert dict(now)[key][: len(named)] == named


def test_only_what_moved_is_written(full: Pack) -> None:
    before = actions.order_of(full)
    actions.arrange(pack=full, order=before)
    item, section = moved_item(before, "K2", down=True), moved_section(before, "S2", down=False)
    tables = (Item._meta.db_table, Section._meta.db_table)
    for order, most in ((before, 0), (item, 2), (section, 2)):
        with CaptureQueriesContext(connection) as asked:
            actions.arrange(pack=full, order=order)
        updates = [each["sql"] for each in asked if each["sql"].startswith("UPDATE")]
        written = [sql for sql in updates if any(table in sql for table in tables)]
        assert len(written) == most
        assert actions.order_of(full) == order
        actions.arrange(pack=full, order=before)


@given(
    order=st.permutations(KEYS),
    cuts=st.tuples(st.integers(0, 7), st.integers(0, 7)),
    item=st.sampled_from([*KEYS, "GONE"]),
    section=st.sampled_from([*SECTIONS, "GONE"]),
    down=st.booleans(),
)
def test_moving_keeps_everything(order: list[str], cuts: tuple[int, int], item: str, section: str, down: bool) -> None:
    first, second = sorted(cuts)
    before = list(zip(SECTIONS, (order[:first], order[first:second], order[second:]), strict=True))
    for after in (
        moved_item(before, item, down=down),
        moved_to_section(before, item, section),
        moved_section(before, section, down=down),
    ):
        assert sorted(key for key, _ in after) == SECTIONS
        assert sorted(each for _, items in after for each in items) == KEYS
    # Up undoes down, but at the very end, where there is nothing to undo.
    moved = moved_item(before, item, down=down)
    assert moved == before or moved_item(moved, item, down=not down) == before


@pytest.mark.parametrize("key", [*KEYS, "GONE"])
def test_what_is_taken_out_comes_back_to_its_place(full: Pack, key: str) -> None:
    before = actions.order_of(full)
    fields = full.items.filter(key=key).values("work", "note", "section").first()
    removed = actions.take_out(pack=full, item=key)
    if key == "GONE":
        assert removed is None
        return
    assert removed is not None
    assert not full.items.filter(key=key).exists()
    assert actions.put_back(pack=full, removed=removed)
    assert actions.put_back(pack=full, removed=removed)
    assert actions.order_of(full) == before
    assert full.items.filter(key=key).values("work", "note", "section").get() == fields


@pytest.mark.parametrize("key", SECTIONS)
def test_a_section_comes_back_with_the_items_that_are_still_there(full: Pack, key: str) -> None:
    full.sections.filter(key=key).update(title="Heading")
    before = actions.order_of(full)
    removed = actions.take_section_out(pack=full, section=key)
    assert removed is not None
    assert [key for key, _ in actions.order_of(full)] == [each for each in SECTIONS if each != key]
    actions.take_out(pack=full, item="K3")
    assert actions.put_back(pack=full, removed=removed)
    assert actions.order_of(full) == [(each, [item for item in items if item != "K3"]) for each, items in before]
    assert full.sections.get(key=key).title == "Heading"


def test_an_item_comes_back_although_its_section_is_gone(full: Pack) -> None:
    removed = actions.take_out(pack=full, item="K1")
    assert removed is not None
    actions.remove_section(pack=full, section="S1")
    assert actions.put_back(pack=full, removed=removed)
    assert full.items.filter(key="K1").count() == 1


def test_nothing_comes_back_into_a_full_pack(full: Pack) -> None:
    item, section = actions.take_out(pack=full, item="K1"), actions.take_section_out(pack=full, section="S2")
    assert item is not None
    assert section is not None
    home = full.sections.get(key="S0")
    rows: list[Any] = [
        Item(pack=full, section=home, key=f"N{at}", position=at, work=uuid4(), kind="work") for at in range(MOST_ITEMS)
    ]
    Item.objects.bulk_create(rows)
    Section.objects.bulk_create(Section(pack=full, key=f"T{at}", position=at) for at in range(MOST_SECTIONS))
    assert not actions.put_back(pack=full, removed=item)
    assert not actions.put_back(pack=full, removed=section)


def test_the_only_section_stays(db: None) -> None:
    pack, _ = actions.begin(language="en")
    assert actions.take_section_out(pack=pack, section=pack.sections.get().key) is None
    assert pack.sections.count() == 1
