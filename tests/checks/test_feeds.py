"""The rules of feeds, one by one."""

from typing import Any

import pytest

from checks import json_feed

GOOD: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "A feed",
    "items": [{"id": "1", "content_text": "Words.", "date_published": "2026-03-02T09:00:00Z"}],
}


def broken(**change: Any) -> set[str]:
    return {rule for rule, _ in json_feed.faults(GOOD | change)}


def item(**change: Any) -> set[str]:
    return broken(items=[GOOD["items"][0] | change])


def test_a_feed_as_it_should_be_passes() -> None:
    assert broken() == set()


@pytest.mark.parametrize(
    ("found", "rule"),
    [
        (broken(version="https://jsonfeed.org/version/1"), "json-feed-version"),
        (broken(title=""), "json-feed-value"),
        (broken(colour="red"), "json-feed-unknown"),
        (broken(_wire="words"), "json-feed-extension"),
        (broken(items=[{}]), "json-feed-required"),
        (broken(items=GOOD["items"] * 2), "json-feed-id"),
        (item(date_modified="2026-03-02"), "json-feed-value"),
        (item(url="/s/1"), "json-feed-value"),
        (item(authors=[{}]), "json-feed-author"),
        (item(attachments=[{"url": "http://a.example/"}]), "json-feed-attachment"),
    ],
)
def test_what_json_feed_does_not_allow_is_found(found: set[str], rule: str) -> None:
    assert rule in found
