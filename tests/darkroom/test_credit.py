"""Credit and rights go with every copy of a picture; what may lead to a person does not."""

import io
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from PIL import ImageCms
from PIL import PngImagePlugin

from copytaster.darkroom import Developed
from copytaster.darkroom import Sizes
from copytaster.darkroom import develop
from tests.darkroom.drawing import encoded
from tests.darkroom.drawing import jpeg
from tests.darkroom.drawing import scene

FEW = Sizes(widths=(320,))
SIZE = (800, 500)
LARGE = (2400, 1500)

SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
RIGHTS = """
photoshop:Credit="Harbour Pictures"
xmpRights:WebStatement="https://harbour.example/terms"
plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"
Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
"""
PARTS = """
<dc:creator><rdf:Seq><rdf:li>Ada Quay</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Harbour</rdf:li></rdf:Alt></dc:rights>
<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">
<plus:LicensorURL>https://harbour.example/buy</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>
"""


def packet(attributes: str = RIGHTS, parts: str = PARTS) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}>'
        f'<rdf:Description rdf:about="" {attributes}>{parts}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def iim(**said: str) -> bytes:
    names = {"by": 80, "credit": 110, "copyright": 116, "city": 90}
    body = b"".join(
        bytes((0x1C, 2, names[name])) + len(words.encode()).to_bytes(2, "big") + words.encode()
        for name, words in said.items()
    )
    head = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + len(body).to_bytes(4, "big")
    content = head + body
    return b"\xff\xed" + (len(content) + 2).to_bytes(2, "big") + content


def files(made: Developed) -> list[tuple[str, bytes]]:
    return [(one.media_type, one.data) for one in made.renditions]


def told(data: bytes) -> dict[str, list[str]]:
    """What the XMP of a file says, by property."""
    with Image.open(io.BytesIO(data)) as image:
        xmp = image.info.get("xmp", b"")
    if not xmp:
        return {}
    root = etree.fromstring(xmp)
    short = {space: name for name, space in SPACES.items()}
    found = {}
    for one in root.iterfind(".//{*}Description/*"):
        name = etree.QName(one)
        words = [text.strip() for text in one.itertext() if text.strip()]
        found[f"{short.get(name.namespace or '', '?')}:{name.localname}"] = words
    return found


EVERYTHING = {
    "dc:creator": ["Ada Quay"],
    "dc:rights": ["© Harbour"],
    "photoshop:Credit": ["Harbour Pictures"],
    "xmpRights:WebStatement": ["https://harbour.example/terms"],
    "plus:DataMining": ["http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"],
    "plus:Licensor": ["https://harbour.example/buy"],
    "Iptc4xmpExt:DigitalSourceType": [
        "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    ],
}


def png(xmp: bytes, **how: Any) -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_itxt("XML:com.adobe.xmp", xmp.decode())
    clear = scene(1, SIZE).convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(SIZE))
    return encoded(clear, "PNG", pnginfo=said, **how)


@pytest.mark.parametrize(
    "sent",
    [
        jpeg(size=SIZE, quality=95, xmp=packet()),
        jpeg(size=LARGE, xmp=packet()),
        encoded(scene(1, SIZE), "WEBP", quality=95, xmp=packet()),
        png(packet()),
    ],
    ids=["jpeg", "large jpeg", "webp", "png"],
)
def test_rights_written_into_a_picture_are_in_every_copy(sent: bytes) -> None:
    made = develop(sent, FEW)
    assert made.renditions
    itself = [] if made.data == sent else [made.data]
    for data in [*(data for _, data in files(made)), *itself]:
        assert told(data) == EVERYTHING


def test_what_only_iptc_said_is_in_the_xmp_of_every_copy_and_in_the_iptc_of_jpegs() -> None:
    said = iim(by="Ada Quay", credit="Harbour/Ada", copyright="© Hårbour", city="Quayside")
    made = develop(jpeg(size=LARGE, extra=said), FEW)
    for kind, data in [*files(made), ("image/jpeg", made.data)]:
        assert told(data) == {
            "dc:creator": ["Ada Quay"],
            "dc:rights": ["© Hårbour"],
            "photoshop:Credit": ["Harbour/Ada"],
        }
        if kind == "image/jpeg":
            with Image.open(io.BytesIO(data)) as image:
                kept = image.info["photoshop"][0x0404]
            assert b"\x02\x6e\x00\x0bHarbour/Ada" in kept
            assert b"Quayside" not in kept


def test_the_xmp_outdoes_the_iptc_and_the_exif() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Somebody"
    exif[0x8298] = "Some house"
    sent = jpeg(size=LARGE, xmp=packet(), extra=iim(by="Another"), exif=exif)
    for _, data in files(develop(sent, FEW)):
        assert told(data)["dc:creator"] == ["Ada Quay"]


def test_what_only_exif_said_is_told_too() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Ada Quay"
    for _, data in files(develop(jpeg(size=LARGE, exif=exif), FEW)):
        assert told(data) == {"dc:creator": ["Ada Quay"]}
        with Image.open(io.BytesIO(data)) as image:
            assert image.getexif()[0x013B] == "Ada Quay"


def test_a_colour_profile_goes_along() -> None:
    profile = srgb()
    for _, data in files(develop(jpeg(size=SIZE, quality=95, icc_profile=profile), FEW)):
        with Image.open(io.BytesIO(data)) as image:
            assert image.info["icc_profile"] == profile


def srgb() -> bytes:

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


# --- what may lead to a person -------------------------------------------------------------------


def gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = "Ada Quay"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return exif


def serial() -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA431] = "4711-0815"
    return exif


PLACE = packet(RIGHTS + ' exif:GPSLatitude="52,31.2N"')
CAMERA = packet(RIGHTS + ' aux:SerialNumber="4711-0815"')


@pytest.mark.parametrize(
    "how",
    [{"exif": gps()}, {"exif": serial()}, {"xmp": PLACE}, {"xmp": CAMERA}],
    ids=["gps", "serial", "gps in xmp", "serial in xmp"],
)
def test_no_file_says_where_the_camera_stood_or_which_it_was(how: dict[str, Any]) -> None:
    sent = jpeg(size=SIZE, quality=95, **how)
    made = develop(sent, FEW)
    for _, data in [*files(made), ("itself", made.data)]:
        with Image.open(io.BytesIO(data)) as image:
            assert 0x8825 not in image.getexif()
            assert 0xA431 not in image.getexif().get_ifd(0x8769)
        assert b"GPS" not in data
        assert b"4711-0815" not in data
        assert ("xmp" not in how) or told(data) == EVERYTHING


def test_a_jpeg_that_is_cleaned_stays_the_same_picture_to_the_bit() -> None:
    exif = gps()
    exif[0x0112] = 6
    sent = jpeg(size=SIZE, quality=95, exif=exif, icc_profile=srgb(), progressive=True)
    made = develop(sent, FEW)
    with Image.open(io.BytesIO(made.data)) as kept, Image.open(io.BytesIO(sent)) as was:
        assert kept.tobytes() == was.tobytes()
        assert kept.getexif()[0x0112] == 6
        assert kept.getexif()[0x013B] == "Ada Quay"
        assert kept.info["icc_profile"] == was.info["icc_profile"]
    assert (made.width, made.height) == (500, 800)


def test_a_picture_of_another_kind_is_made_anew_without_it() -> None:
    made = develop(encoded(scene(1, SIZE), "WEBP", quality=95, exif=gps()), FEW)
    assert b"GPS" not in made.data
    with Image.open(io.BytesIO(made.data)) as image:
        assert 0x8825 not in image.getexif()
        assert image.getexif()[0x013B] == "Ada Quay"


def test_what_leads_nowhere_is_served_as_it_was_sent() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Ada Quay"
    sent = jpeg(size=SIZE, exif=exif, xmp=packet(), extra=iim(by="Ada Quay", city="Quayside"))
    assert develop(sent, FEW).data == sent
