"""What changes a pack: one verb, one function, all at once or not at all."""

from __future__ import annotations

from resources.packs.actions.arrange import add, add_section, arrange, decide, remove, remove_section
from resources.packs.actions.begin import begin, claim, copy, renew_secret
from resources.packs.actions.judge import judge
from resources.packs.actions.save import Conflict, Saved, save

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
    "judge",
    "remove",
    "remove_section",
    "renew_secret",
    "save",
]
