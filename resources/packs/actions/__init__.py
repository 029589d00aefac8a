"""What changes a pack: one verb, one function, all at once or not at all."""

from __future__ import annotations

from resources.packs.actions.arrange import add, add_section, arrange, decide, remove_section
from resources.packs.actions.begin import begin, claim, copy, renew_secret
from resources.packs.actions.delete import delete
from resources.packs.actions.judge import judge
from resources.packs.actions.save import Conflict, Saved, save
from resources.packs.actions.undo import order_of, put_back, take_out, take_section_out

__all__ = [
    "Conflict",
    "Saved",
    "add",
    "add_section",
    "arrange",
    "begin",
    "claim",
    "copy",
    "decide",
    "delete",
    "judge",
    "order_of",
    "put_back",
    "remove_section",
    "renew_secret",
    "save",
    "take_out",
    "take_section_out",
]
