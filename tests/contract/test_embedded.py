"""The embedded engine keeps the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.embedded import EmbeddedEngine
from tests.contract.engine_contract import EngineContract


class TestEmbedded(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> EmbeddedEngine:
        engine = EmbeddedEngine(tmp_path / "index", analysis="1")
        engine.create()
        return engine
