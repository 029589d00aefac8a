"""What the Elasticsearch engine says and does while its server hangs, stops, starts again, and comes back empty."""

from __future__ import annotations

import pytest

from search.engines.base import IndexState
from search.engines.clauses import Term
from search.engines.elasticsearch import Connection, ElasticsearchEngine
from search.errors import IndexMissing, IndexUnreachable
from tests.contract.engine_contract import TITLE, asked, document
from tests.elasticsearch_server import Server

pytestmark = pytest.mark.elasticsearch


def engine_on(server: Server, seconds: float) -> ElasticsearchEngine:
    return ElasticsearchEngine(Connection(server.url, seconds=seconds), prefix="down")


def test_it_answers_again_by_itself_whatever_happens_to_the_server(own_elasticsearch: Server) -> None:
    server, question = own_elasticsearch, asked(Term(TITLE, "pension"))
    patient, hasty = engine_on(server, 60.0), engine_on(server, 0.2)
    patient.create()
    patient.write([document("a", "pension")])
    assert patient.search(question).total == 1

    server.pause()
    with pytest.raises(IndexUnreachable, match="did not answer in time"):
        hasty.search(question)
    assert hasty.health().state is IndexState.UNREACHABLE
    server.resume()
    assert patient.search(question).total == 1

    server.kill()
    for refused in (lambda: patient.search(question), lambda: patient.write([document("b", "pension")])):
        with pytest.raises(IndexUnreachable, match="cannot be reached"):
            refused()
    server.start()
    # What was written before is there: nothing that was reported as written is lost when the power fails.
    assert patient.search(question).total == 1
    patient.write([document("b", "pension")])
    assert patient.search(question).total == 2

    server.stop()
    server.wipe()
    server.start()
    with pytest.raises(IndexMissing):
        patient.search(question)
    with pytest.raises(IndexMissing):
        patient.write([document("c", "pension")])
    with patient.rebuild() as side:
        side.write([document("c", "pension")])
        side.publish()
    assert patient.search(question).total == 1
