"""The files of a picture, and every address at which the public may find one of them."""

import hashlib

from copytaster.channels import PictureFolder
from copytaster.channels import Surface
from copytaster.channels import picture_path
from copytaster.channels import rendition_file
from copytaster.channels import rendition_path
from copytaster.darkroom import RECIPE
from copytaster.darkroom import Developed
from copytaster.store import Picture
from copytaster.store import PictureRendition


def known(developed: Developed) -> Picture:
    """What is to be kept of a picture that came out of the darkroom."""
    return Picture(
        sha256=_digest(developed.data),
        media_type=developed.media_type,
        width=developed.width,
        height=developed.height,
        size=len(developed.data),
        likeness=developed.likeness,
        recipe=RECIPE,
        renditions=tuple(
            PictureRendition(
                media_type=one.media_type,
                width=one.width,
                height=one.height,
                size=len(one.data),
                sha256=_digest(one.data),
            )
            for one in developed.renditions
        ),
    )


def write(folder: PictureFolder, picture: Picture, developed: Developed) -> None:
    """All files of a picture, durable when this returns."""
    for one in developed.renditions:
        folder.write(rendition_file(picture.name, one.media_type, one.width), one.data)
    folder.write(picture.name, developed.data)


def addresses(picture: Picture) -> list[str]:
    """Its own, first, and those of its renditions."""
    return [
        picture_path(picture.name, picture.media_type),
        *(rendition_path(picture.name, one.media_type, one.width) for one in picture.renditions),
    ]


def sha256_by_address(picture: Picture) -> dict[str, str]:
    """The digest of the bytes at each of its addresses, its own first."""
    digests = (picture.sha256, *(one.sha256 for one in picture.renditions))
    return dict(zip(addresses(picture), digests, strict=True))


def gone(picture: Picture) -> list[Surface]:
    """All that must be seen to be gone: what no reader ever saw is as if it had never been."""
    status = 410 if picture.first_public else 404
    return [Surface(address=one, kind="own", status=status) for one in addresses(picture)]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
