"""The engine that the settings describe."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from search.engines.elasticsearch.client import Connection
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.fields import TERMS_VERSION


def from_settings() -> ElasticsearchEngine:
    """The engine at `ELASTICSEARCH_URL`; the same object for the same settings. Nothing is asked of the server yet."""
    connection = Connection(
        url=settings.ELASTICSEARCH_URL,
        user=settings.ELASTICSEARCH_USER,
        password=settings.ELASTICSEARCH_PASSWORD,
        api_key=settings.ELASTICSEARCH_API_KEY,
        ca_file=settings.ELASTICSEARCH_CA_FILE,
        verify=settings.ELASTICSEARCH_VERIFY,
        seconds=settings.ELASTICSEARCH_SECONDS,
    )
    return _engine(connection, settings.ELASTICSEARCH_PREFIX, settings.ELASTICSEARCH_REPLICAS)


@lru_cache(maxsize=8)
def _engine(connection: Connection, prefix: str, replicas: int) -> ElasticsearchEngine:
    return ElasticsearchEngine(connection, prefix=prefix, replicas=replicas, analysis=str(TERMS_VERSION))
