"""The scripted agencies: what arrives when, and what the public must see when.

In: wire scripts (``*.wire``, docs/reference/wire-scripts.md). Out: deliveries in five
formats at their times, decisions, and expectations for whoever plays the script: the tests
on a virtual clock, ``copytaster demo`` in real time. Not its business: the desk; it reaches
it only through what it is given to push and decide with.

Errors: :class:`ScriptError` names file, line, and what was expected.
"""

from copytaster.demo._compose import Sending
from copytaster.demo._compose import compose
from copytaster.demo._read import load
from copytaster.demo._read import read
from copytaster.demo.play import play
from copytaster.demo.script import Script
from copytaster.demo.script import ScriptError
from copytaster.demo.script import WireFormat
from copytaster.demo.show import run

__all__ = [
    "Script",
    "ScriptError",
    "Sending",
    "WireFormat",
    "compose",
    "load",
    "play",
    "read",
    "run",
]
