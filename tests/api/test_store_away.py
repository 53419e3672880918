"""The door of a circuit whose database goes away and comes back."""

import time

from eyre.store.open_store import Store
from eyre.store.server.start import RunningServer
from tests.api.conftest import ADDED, INPUT, jail, serve
from tests.away import away


def test_health_says_so_and_what_is_sent_again_is_taken(
    store: Store, postgres_server: RunningServer, owner_url: str
) -> None:
    with serve(store, jail()) as served:
        assert served.get("/health").status_code == 200
        with away(postgres_server, owner_url):
            health = served.get("/health")
            assert (health.status_code, health.json()["store"]) == (503, "does not answer")
            refused = served.send(INPUT)
            assert (refused.status_code, refused.json()["code"]) == (503, "EYRE-207")
            assert "eyre_store_up 0.0" in served.get("/metrics").text
        back = time.monotonic()
        while served.get("/health").status_code != 200:
            assert time.monotonic() - back < 10
            time.sleep(0.05)
        assert served.send(INPUT).json()["rows"] == ADDED
