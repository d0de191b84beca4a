"""The process that looks at one picture: bytes on stdin, a :class:`Developed` on stdout.

Its one argument is the :class:`Sizes` that are wanted, as JSON. Limited before it reads a byte:
memory, processor time, no file of any size, no core. A decoder that is led astray takes only this
process with it. It steps back behind everything else that runs: words go first.
"""

import os
import resource
import sys

import msgspec

from copytaster.darkroom._copies import Sizes
from copytaster.darkroom._copies import Unfit
from copytaster.darkroom._develop import Developed
from copytaster.darkroom._develop import develop

MEMORY = 1024 * 1024 * 1024
"""bytes of address space: 60 million pixels in three colours, twice, and Python"""
CPU_SECONDS = 15
_NICENESS = 5

_LIMITS = (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
)


def main() -> None:
    """Develop what is on stdin; a picture that is unfit is a sentence instead."""
    for limit, most in _LIMITS:
        resource.setrlimit(limit, (most, most))
    os.nice(_NICENESS)
    sizes = msgspec.json.decode(sys.argv[1], type=Sizes)
    sys.stdout.buffer.write(msgspec.msgpack.encode(_result(sys.stdin.buffer.read(), sizes)))


def _result(data: bytes, sizes: Sizes) -> Developed | str:
    try:
        return develop(data, sizes)
    except Unfit as error:
        return str(error)
    except MemoryError:
        return f"needs more than {MEMORY} bytes of memory"


if __name__ == "__main__":
    main()
