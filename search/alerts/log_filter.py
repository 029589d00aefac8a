"""Where the links of mails have their keys: no log shows these."""

from __future__ import annotations

import re

# A token that lost its last letters opens nothing, but most of it is there: whatever stands in its place is hidden.
KEYS = re.compile(r"(/search/alerts/(?:confirm/|end/)?)(?!sent/|confirm/|end/)[^/\s?\"']+")
