"""The bench of formats: what it asks for, what it sends, and that it runs."""

import msgspec
import pytest

from bench import formats as bench
from bench import peers
from bench import wires
from copytaster import formats


def _load(name: str, items: int = 1, **seconds: float) -> bench.Load:
    named = {key.replace("_", " "): value for key, value in seconds.items()}
    return bench.Load(format=name, name=name, size=5000, items=items, seconds=named)


def test_every_registered_format_is_written_and_measured() -> None:
    assert set(wires.WRITERS) == set(formats.names())


def test_stories_are_the_same_at_every_run_and_of_the_size_that_is_said() -> None:
    assert wires.story(4) == wires.story(4)
    assert wires.story(4) != wires.story(5)
    sizes = [sum(map(len, wires.story(number, size=4500).paragraphs)) for number in range(50)]
    assert all(4500 <= size < 5300 for size in sizes)


def test_wire_messages_are_of_two_to_three_kilobytes() -> None:
    for name in ("iptc-7901", "anpa-1312"):
        assert 2000 < len(wires.WRITERS[name](wires.story(1, size=2200))) < 3072


def test_a_target_is_a_ratio_within_one_run() -> None:
    feed = _load("rss", 500, with_words=0.05, without_words=0.02, feedparser=1.0, atoma=0.04)
    feed = msgspec.structs.replace(feed, seconds={**feed.seconds, "fastfeedparser": 0.01})
    told = {
        r.name.partition(": ")[2]: r for r in bench._of_feed(feed, _load("rss", with_words=0.0004))
    }
    assert told["without words, against the fastest Rust core"].value == 2
    assert told["with words, times the items/s of feedparser"].value == pytest.approx(20)
    assert told["one story alone, against one in the feed"].value == pytest.approx(4)
    assert [r.met for r in told.values()] == [True, True, True, False]


def test_a_peer_that_is_missing_is_named_and_not_compared() -> None:
    text = bench.report([], [], [], {"atoma": "could not be fetched: no network"}, {})
    assert "atoma (could not be fetched: no network)" in text
    told = bench._of_feed(
        _load("rss", 2, with_words=1.0, without_words=1.0), _load("rss", with_words=1)
    )
    assert [r.name for r in told] == ["rss: one story alone, against one in the feed"]


def test_the_bench_runs_on_a_small_scale() -> None:
    scale = bench.Scale(items=3, least=0.0, peers=False)
    none = peers.Peers(found={}, missing={})
    stories, feeds = bench.each_format(scale), bench.each_feed(scale, none)
    results = bench.targets(stories, feeds)
    text = bench.report(stories, feeds, results, {}, {})
    assert all(f"| {name} |" in text for name in formats.names())
    assert len(results) > 10
