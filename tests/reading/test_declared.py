"""What agencies say themselves of how items belong together."""

from typing import Any

import pytest

from copytaster.item import FormatName
from copytaster.item import Item
from copytaster.item import PubStatus
from copytaster.item import RawRef
from copytaster.reading import Link
from copytaster.reading import declared
from copytaster.reading import groups
from copytaster.reading import joins
from copytaster.reading import links


def _item(guid: str, **facts: Any) -> Item:
    given = {
        "provider": "seaboard",
        "content_hash": guid,
        "pub_status": PubStatus.usable,
        "raw_ref": RawRef(sha256="0" * 64, length=0),
        "format": FormatName(name="ninjs"),
    }
    return Item(guid=guid, **(given | facts))


@pytest.mark.parametrize(
    ("one", "other", "link"),
    [
        (_item("a", version="1"), _item("a", version="2"), Link.version),
        (_item("a"), _item("b", replaces=("a",)), Link.replacement),
        (_item("a", replaced_by="b"), _item("b"), Link.replacement),
        (_item("a", story_chain_id="c"), _item("b", story_chain_id="c"), Link.chain),
        (_item("a", story_chain_id="c"), _item("b", replaces=("a",), story_chain_id="c"),
         Link.replacement),
        (_item("a"), _item("b"), None),
        (_item("a", replaces=("c",)), _item("b", replaces=("c",)), None),
        (_item("a"), _item("a", provider="vasant"), None),
    ],
)  # fmt: skip
def test_the_closest_link_that_either_declares(one: Item, other: Item, link: Link | None) -> None:
    assert declared(one, other) is declared(other, one) is link


def test_links_among_many_connect_all_that_is_declared() -> None:
    chained = {f"chain {n}": _item(f"c{n}", story_chain_id="c") for n in range(50)}
    items = {
        "first": _item("a", version="1"),
        "second": _item("a", version="2"),
        "instead": _item("b", replaces=("a",)),
        "alone": _item("z"),
        **chained,
    }
    found = list(links(items))
    assert found[:2] == [
        ("first", "second", Link.version),
        ("second", "instead", Link.replacement),
    ]
    assert sorted(map(len, groups((one, other) for one, other, _ in found))) == [3, 50]
    assert len(found) == 2 + 49


def test_only_versions_are_one_text_by_the_agencys_word() -> None:
    """Items of one running story may say different things."""
    assert [link for link in Link if joins(link)] == [Link.version, Link.replacement]
