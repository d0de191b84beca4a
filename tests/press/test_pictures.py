"""Pictures as the press shows them: on pages, in data, in feeds, on fronts."""

import json
from typing import Any

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from copytaster.press import FeedLine
from copytaster.press import Picture
from copytaster.press import atom
from copytaster.press import edition
from copytaster.press import front
from copytaster.press import json_feed
from copytaster.press import rss
from tests.press.making import LATER
from tests.press.making import MEDIA_NAME as NAME
from tests.press.making import SITE
from tests.press.making import entry
from tests.press.making import facts
from tests.press.making import picture

MEDIA = "{http://search.yahoo.com/mrss/}"
NASTY = 'A "ferry" & <b>bold</b>\n</figure></script><script>alert(1)</script>'


def page(*pictures: Picture) -> LexborHTMLParser:
    pressed = edition(facts(pictures=pictures), SITE)
    assert pressed.faults == ()
    return LexborHTMLParser(pressed.files["page"])


def graph(tree: LexborHTMLParser) -> dict[str, Any]:
    data = json.loads(tree.css_first('script[type="application/ld+json"]').text())
    return next(node for node in data["@graph"] if node["@type"] == "NewsArticle")


def test_the_first_picture_stands_above_the_text_and_the_others_below() -> None:
    tree = page(picture(), picture(path="/media/b.jpg"), picture(path="/media/c.jpg"))
    order = [node.tag for node in tree.css(".text > figure, .text > .copy")]
    assert order == ["figure", "div", "figure", "figure"]
    images = tree.css("figure img")
    assert [node.attributes.get("loading") for node in images] == [None, "lazy", "lazy"]
    assert all(node.attributes["width"] == "1200" for node in images)


@pytest.mark.parametrize("field", ["caption", "alt", "credit", "byline", "rights"])
def test_an_agencys_words_are_words_wherever_they_stand(field: str) -> None:
    tree = page(picture(**{field: NASTY}))
    assert len(tree.css("script")) == 1
    assert len(tree.css("figure")) == 1
    (told,) = graph(tree)["image"]
    said = told["creator"]["name"] if field == "byline" else None
    assert NASTY in (said, *told.values())


@pytest.mark.parametrize("bad", ["\x00", "\x1b[2J", "\ud800"])
def test_a_picture_whose_words_cannot_be_published_unchanged_is_left_out(bad: str) -> None:
    assert page(picture(caption=f"Quay{bad}")).css("figure") == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({}, None),
        ({"credit": "AP"}, "AP"),
        ({"byline": "Ada Quay", "credit": "AP"}, "Ada Quay / AP"),
        ({"byline": "Ada Quay", "credit": "AP/Ada Quay"}, "AP/Ada Quay"),
        ({"rights": "© H"}, "© H"),
        ({"credit": "AP", "caption": "The quay (AP)"}, None),
    ],
)
def test_who_made_it_is_said_once(said: dict[str, str], shown: str | None) -> None:
    node = page(picture(**said)).css_first("figcaption .source")
    assert (node.text() if node else None) == shown


def test_cards_have_the_picture_and_its_text() -> None:
    tree = page(picture(alt="Three ships"))
    names = ("og:image", "og:image:width", "og:image:alt")
    found = [tree.css_first(f'[property="{name}"]').attributes["content"] for name in names]
    assert found == [f"https://news.example/media/{NAME}.jpg", "1200", "Three ships"]
    assert tree.css_first('[name="twitter:image:alt"]').attributes["content"] == "Three ships"
    assert page().css('[property="og:image"]') == []
    assert page().css_first('[name="twitter:card"]').attributes["content"] == "summary"


def test_ninjs_names_the_picture_its_words_and_its_file() -> None:
    full = picture(caption="The quay", alt="A quay", byline="Ada", credit="AP", rights="© AP")
    (told,) = json.loads(edition(facts(pictures=(full,)), SITE).files["json"])["associations"]
    assert (told["type"], told["pubStatus"], told["by"]) == ("picture", "usable", "Ada")
    assert told["altIds"] == [{"role": "guid", "value": "urn:example:quay"}]
    words = {one["role"]: one["value"] for one in told["descriptions"]}
    assert words == {"caption": "The quay", "altText": "A quay"}
    (file,) = told["renditions"]
    assert file["href"] == told["uri"] == f"https://news.example/media/{NAME}.jpg"


def test_feeds_carry_the_picture_in_their_own_ways() -> None:
    said = picture(caption="The quay", credit="AP")
    line = FeedLine(story=entry(), face_changed=LATER, pictures=(said,))
    url = f"https://news.example/media/{NAME}.jpg"
    tree = etree.fromstring(atom(None, [line], SITE, path="/"))
    links = tree.iter("{http://www.w3.org/2005/Atom}link")
    (link,) = [one for one in links if one.get("rel") == "enclosure"]
    assert (link.get("href"), link.get("type"), link.get("length")) == (url, "image/jpeg", "90000")
    (content,) = etree.fromstring(rss(None, [line], SITE, path="/")).iter(f"{MEDIA}content")
    assert (content.get("url"), content.get("medium")) == (url, "image")
    assert [one.text for one in content] == ["The quay", "AP"]
    (item,) = json.loads(json_feed(None, [line], SITE, path="/"))["items"]
    assert item["image"] == url


def test_the_lead_of_a_front_has_its_picture() -> None:
    lead = entry()
    made = front(
        None,
        [lead, entry(story="1" * 16)],
        SITE,
        path="/",
        now=LATER,
        pictures={lead.story: [picture()], "1" * 16: [picture(path="/media/b.jpg")]},
    )
    tree = LexborHTMLParser(made)
    (image,) = tree.css(".lead img")
    assert image.attributes["src"] == f"/media/{NAME}.jpg"
    assert len(tree.css("img")) == 1
