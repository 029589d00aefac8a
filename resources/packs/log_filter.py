"""Where shared edit links have their secrets: no log shows these."""

from __future__ import annotations

import re

SECRETS = re.compile(r"((?:/|%2F)packs(?:/|%2F)join(?:/|%2F)[^/\s?\"'%]*(?:/|%2F)+)[^/\s?\"'%]+", re.IGNORECASE)
