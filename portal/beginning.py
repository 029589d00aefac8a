"""What a library begins with: its sections in every language, the countries of the region and the thesaurus."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from resources import tree
from resources.models import Concept, Country
from resources.thesaurus import skos
from search.languages import LANGUAGE_CODES

# ISO code → place on the tile map (row, column), roughly as on a map of the region.
TILES = {
    "MM": (1, 1), "LA": (1, 2), "VN": (1, 3), "PH": (1, 5),
    "TH": (2, 1), "KH": (2, 2), "BN": (2, 4),
    "MY": (3, 2), "SG": (3, 3), "ID": (3, 4), "TL": (3, 5),
}  # fmt: skip
NEIGHBOURS = ("MN", "JP")


@transaction.atomic
def begin(thesaurus: Path, *, whole: bool = False) -> bool:
    """Make sections, themes and countries where there are none; what editors have changed or taken out stays as it is.
    `whole` adds what is missing of them, too. True if themes or countries were looked at.

    Raises FileNotFoundError without a `thesaurus`.
    """
    for language in LANGUAGE_CODES:
        tree.home_for(language)
    themes, countries = whole or not Concept.objects.exists(), whole or not Country.objects.exists()
    if themes:
        skos.load(thesaurus)
    for code in (*TILES, *NEIGHBOURS) if countries else ():
        row, column = TILES.get(code, (0, 0))
        Country.objects.get_or_create(code=code, defaults={"is_member": code in TILES, "row": row, "column": column})
    return themes or countries
