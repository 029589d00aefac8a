"""Elasticsearch keeps the contract, on a real server."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.engines.elasticsearch import Connection, ElasticsearchEngine
from tests.contract.engine_contract import EngineContract

pytestmark = pytest.mark.elasticsearch

PREFIX = f"contract-{secrets.token_hex(4)}"


class TestElasticsearch(EngineContract):
    @pytest.fixture
    def engine(self, elasticsearch: str) -> Iterator[ElasticsearchEngine]:
        engine = ElasticsearchEngine(Connection(elasticsearch, seconds=30), prefix=PREFIX, analysis="1")
        engine.create()
        yield engine
        with Elasticsearch(elasticsearch, request_timeout=30) as server:
            # The leases' index stays: it takes as long to make as the others.
            server.indices.delete(index=list(server.indices.get_alias(index=f"{PREFIX}-works,{PREFIX}-passages")))
