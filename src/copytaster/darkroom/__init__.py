"""The bytes of a picture → what they are, and what of them readers get.

In: bytes that an agency's server gave, from which anything may be expected. Out: a
:class:`Developed` picture: its kind, its size, its likeness (64 bits by which pictures of the
same thing are known), the bytes to serve, and copies in the sizes pages need, each with the
credit that is written into it; or :class:`Unfit`. :func:`develop` does it here; the newsroom
asks ``apart.develop_apart``, which does it in a process of its own with limits. Not its business:
where the bytes come from, whether they may be shown, where they are kept.
"""

from copytaster.darkroom._copies import RECIPE
from copytaster.darkroom._copies import Late
from copytaster.darkroom._copies import Rendition
from copytaster.darkroom._copies import Sizes
from copytaster.darkroom._copies import Unfit
from copytaster.darkroom._develop import MEDIA_TYPES
from copytaster.darkroom._develop import Developed
from copytaster.darkroom._develop import develop
from copytaster.darkroom._likeness import NEAR

__all__ = [
    "MEDIA_TYPES",
    "NEAR",
    "RECIPE",
    "Developed",
    "Late",
    "Rendition",
    "Sizes",
    "Unfit",
    "develop",
]
