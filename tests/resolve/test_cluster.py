"""Clustering of one component, against its definition in fractions; and its freedom from the order of rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from eyre.resolve.cluster import TRUSTS, Merge, blocks_of, merge_blocks, pairs_of_blocks

Pair = tuple[int, int]


@dataclass(frozen=True)
class Component:
    """Votes in 1/1024 bit and judgements of the pairs of `count` rows."""

    count: int
    votes: Mapping[Pair, int]
    judged: Mapping[Pair, int]
    bar: int
    clip: int
    trust: int
    conflict: int = 1 << 24
    clash: int = 1 << 24


@st.composite
def components(draw: st.DrawFn, *, ties: bool) -> Component:
    count = draw(st.integers(2, 7))
    pairs = list(combinations(range(count), 2))
    few = st.sampled_from([-9000, -1024, 0, 1024, 5000])
    vote = few if ties else st.integers(-12_000, 12_000)
    votes = {pair: draw(vote) for pair in pairs}
    if not ties:
        votes = {pair: each * 4096 + 37 * at * at for at, (pair, each) in enumerate(votes.items())}
    judged = draw(st.dictionaries(st.sampled_from(pairs), st.sampled_from([1, -1]), max_size=3))
    return Component(
        count,
        votes,
        judged,
        bar=draw(st.sampled_from([0, 1024])),
        clip=draw(st.sampled_from([4096, 1 << 24])),
        trust=draw(st.sampled_from([0, 3, TRUSTS])),
        conflict=draw(st.sampled_from([6000, 1 << 24])),
        clash=draw(st.sampled_from([1024, 1 << 24])),
    )


def merged(component: Component) -> list[Merge]:
    blocks = blocks_of([np.arange(component.count, dtype=np.int32)])
    many = component.count * (component.count - 1) // 2
    left, right = np.empty(many, dtype=np.int32), np.empty(many, dtype=np.int32)
    pairs_of_blocks(blocks, left, right)
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    votes = np.array([component.votes[pair] for pair in pairs], dtype=np.int32)
    judged = np.array([component.judged.get(pair, 0) for pair in pairs], dtype=np.int8)
    steps = np.zeros((component.count, 5), dtype=np.int64)
    c = component
    numbers = np.array([c.bar, c.clip, c.trust, c.conflict, c.clash], dtype=np.int64)
    used = merge_blocks(blocks, votes, judged, numbers, steps)
    return [Merge(*step) for step in steps[:used].tolist()]


def by_definition(component: Component) -> tuple[list[Merge], bool]:
    """The best allowed merge again and again, of equals the one of the least rows; and whether there were equals."""
    groups = [frozenset([row]) for row in range(component.count)]
    steps: list[Merge] = []
    equals = False
    while found := _allowed(component, groups):
        best = max(found)
        equals = equals or found.count(best) > 1
        a, b = next(pair for pair in combinations(sorted(groups, key=min), 2) if _worth(component, *pair) == best)
        steps.append(Merge(min(a), min(b), best[1].__floor__(), len(a), len(b)))
        groups = [group for group in groups if group not in (a, b)] + [a | b]
    return steps, equals


def _allowed(component: Component, groups: list[frozenset[int]]) -> list[tuple[bool, Fraction]]:
    worths = [_worth(component, a, b) for a, b in combinations(groups, 2)]
    return [worth for worth in worths if worth is not None]


def _worth(component: Component, a: frozenset[int], b: frozenset[int]) -> tuple[bool, Fraction] | None:
    """Whether two groups must be merged, and their standing; None when they may not be."""
    verdicts = {component.judged.get((min(x, y), max(x, y)), 0) for x in a for y in b}
    standing = _standing(component, a, b)
    if -1 in verdicts or (1 not in verdicts and standing < component.bar):
        return None
    return 1 in verdicts, standing


def _standing(component: Component, left: frozenset[int], right: frozenset[int]) -> Fraction:
    votes = [component.votes[min(a, b), max(a, b)] for a in left for b in right]
    clipped = [min(max(vote, -component.conflict), component.clip) for vote in votes]
    trust = Fraction(0 if min(clipped) <= -component.clash else component.trust, TRUSTS)
    return (1 - trust) * Fraction(sum(clipped), len(clipped)) + trust * max(clipped)


def groups_of(component: Component, steps: list[Merge]) -> set[frozenset[int]]:
    groups = {row: frozenset([row]) for row in range(component.count)}
    for step in steps:
        together = groups[step.left] | groups[step.right]
        groups |= dict.fromkeys(together, together)
    return set(groups.values())


@given(st.one_of(components(ties=True), components(ties=False)))
def test_the_steps_are_those_of_the_definition(component: Component) -> None:
    steps, _ = by_definition(component)
    assert merged(component) == steps


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(components(ties=False), st.permutations(range(7)))
def test_without_equal_votes_the_order_of_rows_does_not_matter(component: Component, order: list[int]) -> None:
    new = [row for row in order if row < component.count]

    def moved(values: Mapping[Pair, int]) -> dict[Pair, int]:
        return {(min(new[a], new[b]), max(new[a], new[b])): each for (a, b), each in values.items()}

    # a bound, or the best pair's word, makes equals of unequals
    plain = replace(component, clip=1 << 24, conflict=1 << 24, trust=0)
    assume(not by_definition(plain)[1])
    other = replace(plain, votes=moved(component.votes), judged=moved(component.judged))
    expected = {frozenset(new[row] for row in group) for group in groups_of(plain, merged(plain))}
    assert groups_of(other, merged(other)) == expected


@given(components(ties=True))
def test_what_was_judged_different_is_never_of_one_person(component: Component) -> None:
    groups = groups_of(component, merged(component))
    apart = [pair for pair, verdict in component.judged.items() if verdict < 0]
    assert not any(set(pair) <= group for pair in apart for group in groups)
