"""The engine on a server: Elasticsearch 9. Only this package imports its client."""

from search.engines.elasticsearch.client import Connection
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.from_settings import from_settings

__all__ = ["Connection", "ElasticsearchEngine", "from_settings"]
