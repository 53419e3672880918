"""What a source sends is committed when it is answered; what is refused says why and changes nothing."""

import contextlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import psycopg
import pytest

from eyre.store.events import events_of_source
from eyre.store.open_store import Store
from eyre.store.server.start import RunningServer
from tests.api.conftest import ADDED, INPUT, JAIL, TOKEN, Served, jail, serve

BOMB = b"""<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<m>&b;</m>"""


def events(store: Store, source: str = JAIL) -> list[Any]:
    with store.writer.connection() as writer:
        return events_of_source(writer, source)


def deliveries(store: Store, source: str = JAIL) -> list[str]:
    with store.writer.connection() as writer:
        rows = writer.execute("select outcome from eyre.delivery where source = %s order by received_at", [source])
        return [outcome for (outcome,) in rows]


def problem(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert told["type"] == f"urn:eyre:error:{code}"
    assert told["title"]
    assert told["detail"]
    return told


def test_what_is_sent_is_committed_when_it_is_answered_and_its_persons_are_resolved(served: Served) -> None:
    answer = served.send(INPUT)
    told = answer.json()
    assert (answer.status_code, told["source"], told["known"]) == (200, JAIL, False)
    assert told["rows"] == ADDED
    assert told["noted"] == len(events(served.store)) > 0
    assert 0 < told["accepted"] < told["rows"]  # the golden delivery has messages that cannot be taken
    assert told["issues"] == len(told["first_issues"]) > 0
    until = time.monotonic() + 120
    while sum(batch.records for batch in served.resolved) < told["changed"] and time.monotonic() < until:
        time.sleep(0.02)
    assert sum(batch.records for batch in served.resolved) == told["changed"] > 0


def test_the_same_again_is_known_and_changes_nothing(served: Served) -> None:
    served.send(INPUT)
    before = events(served.store)
    again = served.send(INPUT).json()
    assert (again["known"], again["noted"], again["withdrawn"], again["changed"]) == (True, 0, 0, 0)
    assert events(served.store) == before


def test_the_same_from_many_at_once_is_taken_once(served: Served) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(served.send, [INPUT] * 6))
    assert [answer.status_code for answer in answers] == [200] * 6
    assert sorted(answer.json()["known"] for answer in answers) == [False] + [True] * 5
    assert deliveries(served.store) == ["committed"]


def test_a_source_that_is_not_known_and_a_wrong_token_are_answered_alike(served: Served) -> None:
    answers = [served.send(INPUT, token="wrong"), served.send(INPUT, source="no_such_jail")]
    assert answers[0].content == answers[1].content
    assert {name: answers[0].headers[name] for name in answers[0].headers if name != "date"} == {
        name: answers[1].headers[name] for name in answers[1].headers if name != "date"
    }
    for answer in answers:
        problem(answer, 401, "EYRE-420")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert deliveries(served.store) == []


@pytest.mark.parametrize("authorization", ["", TOKEN, f"Basic {TOKEN}", "Bearer"])
def test_a_header_that_holds_no_token_lets_nobody_in(served: Served, authorization: str) -> None:
    headers = {"authorization": authorization}
    answer = httpx2.post(f"{served.url}/sources/{JAIL}/messages", content=INPUT, headers=headers)
    problem(answer, 401, "EYRE-420")


def test_a_token_lets_in_for_its_own_source_only(served: Served) -> None:
    problem(served.send(INPUT, source="not_registered"), 404, "EYRE-603")
    problem(served.send(INPUT, source="oz_cinder_jail"), 401, "EYRE-420")


def test_a_source_that_is_asked_may_not_send(store: Store) -> None:
    asked = jail(release_signal="explicit", fetch={"url": "https://jail.example/list"})
    with serve(store, asked) as served:
        problem(served.send(INPUT), 404, "EYRE-603")


def test_a_list_that_is_sent_is_a_look(store: Store) -> None:
    from tests.service.rosters import jail as roster_jail
    from tests.service.rosters import page, row

    sends = roster_jail("sends_its_list", fetch={"url": "push:"})
    with serve(store, sends) as served:
        first = served.send(page(*(row(number) for number in range(10))), source=sends.id).json()
        second = served.send(page(*(row(number) for number in range(1, 10))), source=sends.id).json()
    assert (first["rows"], first["noted"]) == (10, 10)
    assert (second["rows"], second["accepted"], second["noted"]) == (9, 0, 1)
    assert [event.kind.value for event in events(store, sends.id)].count("disappeared") == 1


@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_larger_than_declared_is_refused_before_it_is_read_to_its_end(store: Store, chunked: bool) -> None:
    sent = 0

    def parts() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(2_000):
            sent += 1 << 16
            yield bytes(1 << 16)

    with serve(store, jail(limits={"max_bytes": 10_000})) as served:
        if chunked:
            with contextlib.suppress(httpx2.TransportError):  # so much is still to come that the connection is let go
                problem(served.send(parts()), 413, "EYRE-302")
            assert sent < 100 << 20
        else:
            problem(served.send(INPUT), 413, "EYRE-302")
        assert served.get("/health").status_code == 200
    assert deliveries(store) == []


def test_what_is_just_as_large_as_declared_is_taken(store: Store) -> None:
    with serve(store, jail(limits={"max_bytes": len(INPUT)})) as served:
        assert served.send(iter([INPUT[:100], INPUT[100:]])).status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"garbage", "EYRE-303"),
        (b"<a><b></a>", "EYRE-303"),
        (BOMB, "EYRE-305"),
        (b"<html></html>", "EYRE-306"),
        (b"<a/>", "EYRE-307"),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_refusal_noted(served: Served, body: bytes, code: str) -> None:
    told = problem(served.send(body), 422, code)
    assert "garbage" not in told["detail"]
    assert deliveries(served.store) == ["refused"]
    assert events(served.store) == []
    assert served.send(INPUT).status_code == 200


def test_without_the_store_the_sender_is_told_to_come_again(
    store: Store, owner_url: str, postgres_server: RunningServer
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(owner_url)["dbname"]
    with (
        serve(store, jail()) as served,
        psycopg.connect(postgres_server.admin_url(), autocommit=True) as admin,
    ):
        assert served.get("/health").json()["status"] == "ok"
        admin.execute(f'alter database "{name}" with allow_connections false')
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
        try:
            answer = served.send(INPUT)
            problem(answer, 503, "EYRE-207")
            assert int(answer.headers["retry-after"]) > 0
            health = served.get("/health")
            assert (health.status_code, health.json()["store"]) == (503, "does not answer")
            assert "eyre_store_up 0.0" in served.get("/metrics").text
        finally:
            admin.execute(f'alter database "{name}" with allow_connections true')
        until = time.monotonic() + 30
        while (answer := served.send(INPUT)).status_code == 503 and time.monotonic() < until:
            time.sleep(0.2)
        assert (answer.status_code, answer.json()["known"]) == (200, False)
        while served.get("/health").status_code == 503 and time.monotonic() < until:
            time.sleep(0.2)
        assert served.get("/health").status_code == 200


def test_other_addresses_and_methods_are_problems_too(served: Served) -> None:
    problem(served.get("/nothing"), 404, "EYRE-600")
    refused = served.get(f"/sources/{JAIL}/messages")
    problem(refused, 405, "EYRE-400")
    assert refused.headers["allow"] == "POST"
