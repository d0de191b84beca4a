"""The scripted agencies' own tools: what they say → bytes in a wire format.

In: :class:`Version` values, times already written out. Out: one document. Written from the
standards and apart from the parsers, so that the two check each other. Not its business:
whether what is said makes sense; scripts say wrong things on purpose.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence

from copytaster.demo.script import WireFormat
from copytaster.demo.writers._atom import write_atom
from copytaster.demo.writers._atom import write_tombstone
from copytaster.demo.writers._newsml_g2 import write_newsml_g2
from copytaster.demo.writers._ninjs import write_ninjs
from copytaster.demo.writers._nitf import write_nitf
from copytaster.demo.writers._rss import write_rss
from copytaster.demo.writers._version import Version

__all__ = ["Version", "content_type", "write"]

Writer = Callable[[Sequence[Version], str], str]
"""versions and the agency's id → the document"""

_WRITERS: Mapping[WireFormat, tuple[Writer, str]] = {
    WireFormat.rss: (write_rss, "application/rss+xml"),
    WireFormat.atom: (write_atom, "application/atom+xml"),
    WireFormat.tombstone: (write_tombstone, "application/atom+xml"),
    WireFormat.ninjs: (write_ninjs, "application/json"),
    WireFormat.newsml_g2: (write_newsml_g2, "application/vnd.iptc.g2.newsitem+xml"),
    WireFormat.nitf: (write_nitf, "application/xml"),
}


def write(format: WireFormat, versions: Sequence[Version], agency: str) -> bytes:
    """One document of ``agency`` that says ``versions``, in UTF-8."""
    writer, _ = _WRITERS[format]
    return writer(versions, agency).encode("utf-8")


def content_type(format: WireFormat) -> str:
    return _WRITERS[format][1]
