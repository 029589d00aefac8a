"""Under which licence a work says that it stands."""

from __future__ import annotations

import re

from resources.importing.values import licence
from resources.intake.findings.types import Finding, ReadFile
from resources.models.choices import Licence

IMPRINT_PAGES = 4
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/(?:licenses/[a-z-]+/\d\.\d|publicdomain/zero/1\.0)", re.IGNORECASE
)
_LETTERS = re.compile(r"\bCC[ -](?:BY(?:-(?:NC|SA|ND))*|0)(?:[ -]\d\.\d)?(?=\W|$)", re.IGNORECASE)
_RESERVED = re.compile(
    r"all rights reserved|hak cipta (?:dilindungi|terpelihara)|สงวนลิขสิทธิ์|bảo lưu mọi quyền|版权所有|"
    r"todos os direitos reservados",
    re.IGNORECASE,
)


def licences(file: ReadFile) -> list[Finding]:
    """What it says of itself, then its first pages and its last. A licence of another version is not taken for 4.0."""
    found: dict[str, Finding] = {}
    for value, source in file.said("rights"):
        _look(value, found, source, None)
    passages = file.text.passages
    for passage in [*passages[:IMPRINT_PAGES], *passages[max(IMPRINT_PAGES, len(passages) - 1) :]]:
        _look(passage.text[:20_000], found, "text", passage.page)
    # An open licence is said more exactly than the sentence that stands in every imprint.
    return sorted(found.values(), key=lambda finding: finding.value == Licence.RESERVED)


def _look(text: str, found: dict[str, Finding], source: str, page: int | None) -> None:
    for pattern in (_ADDRESS, _LETTERS):
        for match in pattern.finditer(text):
            try:
                value = licence(match.group())
            except ValueError:
                continue
            found.setdefault(value, Finding(value, source, page, (match.group(),)))
    if reserved := _RESERVED.search(text):
        found.setdefault(Licence.RESERVED.value, Finding(Licence.RESERVED.value, source, page, (reserved.group(),)))
