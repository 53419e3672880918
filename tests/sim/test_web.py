"""Web servers over real sockets."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from eyre.sim.faults.fault import Fault, FaultCalendar, FaultKind
from eyre.sim.feeds.feed import Door, Feed, Paging, Posting, RateLimit, Validator, Wire
from eyre.sim.feeds.feed_of import feeds_of
from eyre.sim.feeds.posting import microseconds
from eyre.sim.feeds.press import Press
from eyre.sim.serve.run import Served, serve
from eyre.sim.serve.sim_clock import SimClock
from tests.sim.asking import Told, ask
from tests.sim.small_world import BEGINS, small_world

WORLD = small_world(jails=40, size=30)
FEEDS = feeds_of(WORLD, seed=3)
AT = BEGINS + timedelta(days=9, hours=7, minutes=13)
ROSTER = replace(
    next(feed for feed in FEEDS if feed.wire is Wire.JAILTRACKER),
    posting=Posting.LIVE,
    paging=None,
    limit=None,
    validator=Validator.BOTH,
    gzip=True,
    list_cap=None,
)


def serving(feeds: list[Feed], body: Callable[[Served, SimClock], Awaitable[None]]) -> None:
    async def run() -> None:
        clock = SimClock(AT)
        async with serve(WORLD, feeds, clock) as served:
            await body(served, clock)

    asyncio.run(run())


async def asked(url: str, method: str = "GET", **headers: str) -> Told:
    return await asyncio.to_thread(ask, url, method, **headers)


def test_every_web_feed_answers_with_what_is_published() -> None:
    feeds = [replace(feed, limit=None) for feed in FEEDS if feed.door is Door.HTTP]

    async def body(served: Served, _: SimClock) -> None:
        for feed in feeds:
            told = await asked(served.address(feed))
            first = served.presses[feed.slug].render(AT) if feed.paging is None else None
            assert told.status == 200
            assert first is None or told.body == first.body
            assert told.headers["date"] == "Wed, 10 Jun 2026 07:13:00 GMT"

    serving(feeds, body)


def test_a_conditional_question_costs_no_body_until_something_changes() -> None:
    async def body(served: Served, clock: SimClock) -> None:
        url = served.address(ROSTER)
        first = await asked(url)
        tag, modified = first.headers["etag"], first.headers["last-modified"]
        for told in (await asked(url, If_None_Match=tag), await asked(url, If_Modified_Since=modified)):
            assert (told.status, told.body) == (304, b"")
            assert told.headers["etag"] == tag
        clock.advance(timedelta(days=2))
        for told in (await asked(url, If_None_Match=tag), await asked(url, If_Modified_Since=modified)):
            assert told.status == 200
            assert told.headers["etag"] != tag
            assert told.body != first.body

    serving([ROSTER], body)


def test_a_feed_without_validators_sends_everything_each_time() -> None:
    async def body(served: Served, _: SimClock) -> None:
        told = await asked(served.address(ROSTER), If_None_Match='"any"')
        assert told.status == 200
        assert "etag" not in told.headers

    serving([replace(ROSTER, validator=Validator.NONE)], body)


def test_a_body_is_packed_for_who_can_unpack_it() -> None:
    async def body(served: Served, _: SimClock) -> None:
        plain, packed = await asked(served.address(ROSTER)), await asked(served.address(ROSTER), Accept_Encoding="gzip")
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < len(plain.body) / 3
        assert (await asked(served.address(ROSTER), "HEAD")).body == b""

    serving([ROSTER], body)


@pytest.mark.parametrize("by", ["start", "page"])
def test_pages_are_led_through_by_links(by: Any) -> None:
    feed = replace(ROSTER, paging=Paging(10, by), detail=False)

    async def body(served: Served, _: SimClock) -> None:
        url, numbers, pages = served.address(feed), [], 0
        while url:
            told = await asked(url)
            numbers += [row["ArrestNo"] for row in json.loads(told.body)["data"]]
            pages += 1
            link = told.headers.get("link", "")
            url = served.base + link[1 : link.index(">")] if link else ""
        whole = json.loads(Press(WORLD, feed).render(AT).body)["data"]
        assert numbers == [row["ArrestNo"] for row in whole]
        assert pages == -(-len(numbers) // 10) > 2
        assert (await asked(f"{served.address(feed)}?{by}=x")).status == 400
        assert json.loads((await asked(f"{served.address(feed)}?{by}=90000")).body)["data"] == []

    serving([feed], body)


def test_a_detail_has_its_own_page() -> None:
    feed = replace(ROSTER, detail=True)

    async def body(served: Served, _: SimClock) -> None:
        number = json.loads((await asked(served.address(feed))).body)["data"][0]["ArrestNo"]
        told = await asked(f"{served.address(feed)}/{number}")
        assert "Details" in json.loads(told.body)["data"][0]
        assert (await asked(f"{served.address(feed)}/0")).status == 404

    serving([feed], body)


def test_who_asks_too_often_is_told_when_to_come_back() -> None:
    feed = replace(ROSTER, limit=RateLimit(3, 60))

    async def body(served: Served, clock: SimClock) -> None:
        statuses = [(await asked(served.address(feed))).status for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        clock.advance(timedelta(seconds=20))
        told = await asked(served.address(feed))
        assert (told.status, told.headers["retry-after"]) == (429, "40")
        clock.advance(timedelta(seconds=40))
        assert (await asked(served.address(feed))).status == 200

    serving([feed], body)


def test_robots_and_what_is_not_there() -> None:
    async def body(served: Served, _: SimClock) -> None:
        assert b"Crawl-delay: 7" in (await asked(f"{served.base}/{ROSTER.slug}/robots.txt")).body
        assert (await asked(f"{served.base}/robots.txt")).status == 200
        for path in ("/", "/nobody/inmates", f"/{ROSTER.slug}/other", f"/{ROSTER.slug}/inmates/3"):
            assert (await asked(served.base + path)).status == 404
        assert (await asked(served.address(ROSTER), "POST")).status == 405

    serving([replace(ROSTER, crawl_delay=7, detail=False)], body)


def test_a_maintenance_page_comes_with_status_200_and_goes_again() -> None:
    fault = Fault(FaultKind.MAINTENANCE, microseconds(AT) + 60_000_000, microseconds(AT) + 120_000_000)

    async def body(served: Served, clock: SimClock) -> None:
        press = served.presses[ROSTER.slug]
        press.calendar = FaultCalendar((fault,), (fault,))
        url = served.address(ROSTER)
        first = await asked(url)
        clock.advance(timedelta(minutes=1))
        down = await asked(url, If_None_Match=first.headers["etag"])
        assert (down.status, down.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert b"maintenance" in down.body
        clock.advance(timedelta(minutes=1))
        again = await asked(url, If_Modified_Since=down.headers["last-modified"])
        assert again.status == 200
        assert again.headers["content-type"].startswith("application/json")

    serving([ROSTER], body)


def test_what_the_servers_cost_is_told_apart() -> None:
    async def body(served: Served, _: SimClock) -> None:
        await asked(served.address(ROSTER))
        told = json.loads((await asked(f"{served.base}/-/cost")).body)
        assert told["requests"] == 2
        assert 0 < told["answering"] <= told["process"]

    serving([ROSTER], body)


def test_simulated_time_goes_forward_by_hand_or_by_itself() -> None:
    seconds = [100.0]
    running = SimClock(AT, speed=60, monotonic=lambda: seconds[0])
    assert running() == AT
    seconds[0] += 2.5
    assert running() == AT + timedelta(seconds=150)
    assert running.advance(timedelta(hours=1)) == AT + timedelta(seconds=3750)
    running.go(1)
    seconds[0] += 2
    assert running() == AT + timedelta(seconds=3752)
    running.go(0)
    seconds[0] += 100
    assert running() == AT + timedelta(seconds=3752)
    with pytest.raises(ValueError, match="only forward"):
        running.advance(timedelta(seconds=-1))
    standing = SimClock(AT)
    standing.go(60)
    assert standing() == AT
