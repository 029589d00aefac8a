"""Whether a pack changed since it was handed out is what handing it out would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources.packs import actions
from resources.packs.editions import share, stored
from resources.packs.models import Pack
from resources.packs.unshared import is_unshared
from tests.resources.packs.conftest import Library, replace_file
from tests.resources.packs.made import seed_pdfs


def agree(pack: Pack, *, changed: bool) -> None:
    """The page to share says what pressing its button does."""
    last = pack.editions.latest("number")
    told = is_unshared(pack, stored(last))
    assert told == changed
    assert (share(pack=pack) != last) == changed


def test_a_file_whose_bytes_are_gone_is_no_change_for_ever(pack: Pack, library: Library) -> None:
    Path(library.pdf(library.sheet).file.path).unlink()
    share(pack=pack)
    agree(pack, changed=False)


def test_a_file_that_is_back_is_a_change(pack: Pack, library: Library) -> None:
    path = Path(library.pdf(library.sheet).file.path)
    held = path.read_bytes()
    path.unlink()
    share(pack=pack)
    path.write_bytes(held)
    agree(pack, changed=True)
    agree(pack, changed=False)


def test_bytes_that_go_after_the_pack_was_handed_out_are_kept(pack: Pack, library: Library) -> None:
    share(pack=pack)
    path = Path(library.pdf(library.sheet).file.path)
    path.unlink()
    assert not is_unshared(pack, stored(pack.editions.get()))


@pytest.mark.parametrize("accept", [True, False])
def test_a_file_that_changed_is_a_change_once_it_is_taken(pack: Pack, library: Library, accept: bool) -> None:
    share(pack=pack)
    document = library.pdf(library.publication)
    replace_file(document, seed_pdfs("vi")[0], ["One", "Two"])
    agree(pack, changed=False)
    item = pack.items.get(document=document)
    actions.decide(pack=pack, item=item.key, decisions={document.pk: (document.checksum, accept)})
    agree(pack, changed=accept)


def test_what_the_maker_writes_is_a_change(pack: Pack) -> None:
    share(pack=pack)
    pack.items.update(note="សំណួរ")
    agree(pack, changed=True)
    agree(pack, changed=False)
