"""The same ZIP bytes for the same contents: a Word file is an archive with a clock in it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def stable_zip(archive: bytes) -> bytes:
    """The archive packed again in its own order, without the time and place it was made."""
    packed = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(packed, "w") as target:
        for entry in source.infolist():
            plain = ZipInfo(entry.filename, _EPOCH)
            plain.compress_type = ZIP_DEFLATED
            plain.create_system = 3
            target.writestr(plain, source.read(entry))
    return packed.getvalue()
