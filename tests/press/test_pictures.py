"""Pictures as the press shows them: on pages, in data, in feeds, on fronts."""

import json
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from copytaster.press import FeedLine
from copytaster.press import Picture
from copytaster.press import PictureFile
from copytaster.press import atom
from copytaster.press import edition
from copytaster.press import front
from copytaster.press import json_feed
from copytaster.press import rss
from tests.press.making import ANI
from tests.press.making import LATER
from tests.press.making import MEDIA_NAME as NAME
from tests.press.making import RENDITIONS
from tests.press.making import SITE
from tests.press.making import entry
from tests.press.making import facts
from tests.press.making import file
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
    assert [node.attributes.get("decoding") for node in images] == [None, "async", "async"]
    assert [node.attributes.get("fetchpriority") for node in images] == ["high", None, None]


@pytest.mark.parametrize(
    ("size", "laid_out"),
    [((1200, 800), (624, 416)), ((800, 1600), (352, 704)), ((300, 200), (300, 200))],
    ids=["wide", "tall", "small"],
)
def test_the_place_of_a_picture_is_held_in_the_size_it_will_have(
    size: tuple[int, int], laid_out: tuple[int, int]
) -> None:
    width, height = size
    shown = picture(width=width, height=height, renditions=(file(200, "webp"),))
    image = page(shown).css_first("figure img").attributes
    assert (image["width"], image["height"]) == tuple(map(str, laid_out))
    sizes = page(shown).css_first("figure source").attributes["sizes"] or ""
    assert sizes.endswith(f" {laid_out[0]}px, 92vw")


def test_browsers_choose_among_the_files_of_a_picture() -> None:
    tree = page(picture(renditions=RENDITIONS))
    (source,) = tree.css("figure > picture > source")
    (image,) = tree.css("figure > picture > img")
    at = f"/media/{NAME}"
    assert source.attributes["type"] == "image/webp"
    assert source.attributes["srcset"] == (
        f"{at}-320.webp 320w, {at}-640.webp 640w, {at}-960.webp 960w, {at}-1200.webp 1200w"
    )
    assert image.attributes["src"] == f"{at}.jpg"
    assert image.attributes["srcset"] == (
        f"{at}-320.jpg 320w, {at}-640.jpg 640w, {at}-960.jpg 960w, {at}.jpg 1200w"
    )
    assert (
        image.attributes["sizes"] == source.attributes["sizes"] == "(min-width: 679px) 624px, 92vw"
    )


def test_without_copies_a_page_has_the_picture_itself() -> None:
    tree = page(picture())
    assert tree.css("figure picture, figure source") == []
    assert "srcset" not in tree.css_first("figure img").attributes


def test_a_picture_that_came_as_webp_is_chosen_among_its_own() -> None:
    own = picture(
        path=f"/media/{NAME}.webp", media_type="image/webp", renditions=(file(320, "webp"),)
    )
    tree = page(own)
    assert tree.css("source") == []
    wanted = f"/media/{NAME}-320.webp 320w, /media/{NAME}.webp 1200w"
    assert tree.css_first("figure img").attributes["srcset"] == wanted


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


@pytest.mark.parametrize(
    ("width", "renditions", "wanted"),
    [
        (1920, (file(960), file(1280), file(1280, "webp")), f"{NAME}-1280.jpg"),
        (1920, (file(960), file(960, "webp")), f"{NAME}.jpg"),
        (800, (file(640), file(800, "webp")), f"{NAME}.jpg"),
    ],
    ids=["wide enough and no wider", "the widest", "a small one"],
)
def test_a_card_has_the_file_that_suits_it(
    width: int, renditions: tuple[PictureFile, ...], wanted: str
) -> None:
    tree = page(picture(width=width, renditions=renditions))
    told = tree.css_first('[property="og:image"]').attributes["content"]
    assert told == f"https://news.example/media/{wanted}"


def test_machines_are_told_of_the_rights_to_a_picture() -> None:
    said = picture(byline="Ada", licence="https://agency.example/terms", renditions=RENDITIONS)
    (told,) = graph(page(said))["image"]
    assert told["license"] == "https://agency.example/terms"
    assert told["thumbnailUrl"] == f"https://news.example/media/{NAME}-320.jpg"
    assert "acquireLicensePage" not in told
    sold = replace(ANI, contract=replace(ANI.contract, licence_url="https://agency.example/buy"))
    pressed = edition(facts(pictures=(said,), agency=sold), SITE)
    (told,) = graph(LexborHTMLParser(pressed.files["page"]))["image"]
    assert told["acquireLicensePage"] == "https://agency.example/buy"


def test_ninjs_names_every_file_of_a_picture() -> None:
    made = edition(facts(pictures=(picture(renditions=RENDITIONS),)), SITE)
    (told,) = json.loads(made.files["json"])["associations"]
    names = [one["name"] for one in told["renditions"]]
    assert names == [
        *(f"{kind}-{width}" for width in (320, 640, 960) for kind in ("jpeg", "webp")),
        "webp-1200",
        "web",
    ]
    assert told["renditions"][0]["href"] == f"https://news.example/media/{NAME}-320.jpg"
    assert told["renditions"][0]["sizeInBytes"] == 16_000


def test_feeds_carry_a_file_that_is_not_too_large() -> None:
    wide = picture(width=1920, size=700_000, renditions=(file(960), file(1280), file(1280, "webp")))
    line = FeedLine(story=entry(), face_changed=LATER, pictures=(wide,))
    url = f"https://news.example/media/{NAME}-1280.jpg"
    (content,) = etree.fromstring(rss(None, [line], SITE, path="/")).iter(f"{MEDIA}content")
    said = [content.get(name) for name in ("url", "type", "width", "fileSize")]
    assert said == [url, "image/jpeg", "1280", "64000"]
    assert f'href="{url}"'.encode() in atom(None, [line], SITE, path="/")
    (item,) = json.loads(json_feed(None, [line], SITE, path="/"))["items"]
    assert item["image"] == url


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


def test_a_front_offers_its_picture_in_the_sizes_that_suit_it() -> None:
    said = [picture(width=1920, height=1280, alt="A quay", renditions=RENDITIONS)]
    lead = entry()
    made = front(None, [lead], SITE, path="/", now=LATER, pictures={lead.story: said})
    tree = LexborHTMLParser(made)
    (image,) = tree.css(".lead figure a > picture > img")
    assert (image.attributes["width"], image.attributes["height"]) == ("624", "416")
    assert image.attributes["alt"] == ""  # the headline beside it is the same link
    assert image.attributes["fetchpriority"] == "high"
    sizes = tree.css_first(".lead source").attributes["sizes"]
    assert sizes == "(min-width: 992px) 624px, 92vw"
