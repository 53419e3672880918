"""A process that rides what is due at one instant, and ends: to be killed at any moment by whoever started it."""

import argparse
import os
from datetime import UTC, datetime, timedelta

from eyre.circuit.breaker import Breaker
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.resolve.model import default_model
from eyre.service.known_sources import manifests_on_schedule
from eyre.sources.transports.fetch_http import make_client
from eyre.store.open_store import StoreSettings, open_for_a_while


def main() -> None:
    """Rides until nothing is due."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True, help="the owner's connection string")
    parser.add_argument("--now", required=True, help="the instant of the ride")
    parser.add_argument("--lease", type=float, default=120.0)
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    now = datetime.fromisoformat(chosen.now)
    with open_for_a_while(StoreSettings(chosen.store)) as store, make_client(chosen.threads) as client:
        manifests = manifests_on_schedule(store)
        tools = Tools(
            store, default_model(), manifests, client, Breaker(), Robots(), lambda: now, lambda: datetime.now(UTC)
        )
        lease = timedelta(seconds=chosen.lease)
        Worker(tools, str(os.getpid()), chosen.threads, lambda _: None, lease=lease).ride_all_due()


if __name__ == "__main__":
    main()
