"""Where editions go, and the proof that they are there, or gone.

In: finished files of an edition or a notice, and later the addresses that must show it. Out:
what each address was seen to serve. Not its business: what may be public. The first channel
is our own site: a folder a story, written by rename, and read back over HTTP; and a folder for
pictures.
"""

from copytaster.channels.fetch import PlainFetch
from copytaster.channels.log import LogFolder
from copytaster.channels.looking import Fetch
from copytaster.channels.looking import Sought
from copytaster.channels.looking import prove
from copytaster.channels.looking import prove_together
from copytaster.channels.pictures import PictureFolder
from copytaster.channels.pictures import picture_path
from copytaster.channels.pictures import rendition_file
from copytaster.channels.pictures import rendition_path
from copytaster.channels.proof import Marks
from copytaster.channels.proof import Seen
from copytaster.channels.proof import Surface
from copytaster.channels.proof import marks_of
from copytaster.channels.site import Placement
from copytaster.channels.site import SiteFolder
from copytaster.channels.site import edition_surfaces
from copytaster.channels.site import surfaces

__all__ = [
    "Fetch",
    "LogFolder",
    "Marks",
    "PictureFolder",
    "Placement",
    "PlainFetch",
    "Seen",
    "SiteFolder",
    "Sought",
    "Surface",
    "edition_surfaces",
    "marks_of",
    "picture_path",
    "prove",
    "prove_together",
    "rendition_file",
    "rendition_path",
    "surfaces",
]
