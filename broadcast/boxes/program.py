"""The program of a box as one file, and the one command that starts it on a machine with Python.

The file is what `python -m zipapp` makes of the package `playout`: that needs the standard library
alone. It holds no secret; the command does.
"""

import hashlib
import importlib.util
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAME = "loa-box.pyz"
START = """\
import sys
if sys.version_info < (3, 11):
    sys.exit("Cần Python 3.11 trở lên; máy này có " + sys.version.split()[0])
from playout.__main__ import main
sys.exit(main())
"""
NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The oldest a ZIP can say: the same sources are the same bytes."""
HARMLESS = ":/[]@%"
"""What an address may keep between the quotes of a shell and of Python."""


@dataclass(frozen=True, slots=True)
class Program:
    content: bytes
    etag: str


@cache
def box_program() -> Program:
    """Of the version that this station speaks with."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _put(archive, "__main__.py", START.encode())
        for source in sorted(_package().glob("*.py")):
            _put(archive, f"playout/{source.name}", source.read_bytes())
    content = file.getvalue()
    return Program(content, hashlib.sha256(content).hexdigest())


def start_command(station_url: str, token: str) -> str:
    """For a shell: fetches the program with Python itself, because a bare machine has no curl."""
    url = quote(station_url, safe=HARMLESS)
    load = f"import urllib.request as u; u.urlretrieve('{url}/cum-loa/{NAME}', '{NAME}')"
    settings = f"LOA_STATION_URL={url} LOA_BOX_TOKEN={quote(token, safe='')}"
    return f'python3 -c "{load}" && {settings} python3 {NAME} run'


def _put(archive: ZipFile, name: str, content: bytes) -> None:
    archive.writestr(ZipInfo(name, NO_DAY), content, compress_type=ZIP_DEFLATED)


def _package() -> Path:
    """Found without importing it: the station does not lean on the box."""
    spec = importlib.util.find_spec("playout")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("playout")
    return Path(spec.origin).parent
