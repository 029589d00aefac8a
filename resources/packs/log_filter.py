"""Where shared edit links have their secrets: no log shows these."""

from __future__ import annotations

import re

SECRETS = re.compile(r"(/packs/join/[^/\s?\"']*/+)[^/\s?\"']+")
