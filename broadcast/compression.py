"""Text goes compressed over a slow line: pages, style, scripts. Audio and the interfaces do not."""

import gzip

from flask import Response, request

SMALLEST_BYTES = 1_000
COMPRESSED = {"text/html", "text/css", "text/javascript", "image/svg+xml", "application/json"}
LEFT_ALONE = ("/api/", "/media/", "/p/")


def compress(response: Response) -> Response:
    """Gzip where the browser takes it; the validator becomes a weak one."""
    if response.mimetype not in COMPRESSED or request.path.startswith(LEFT_ALONE):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or "gzip" not in request.accept_encodings:
        return response
    response.direct_passthrough = False
    sent = response.response
    plain = response.get_data()
    if hasattr(sent, "close"):
        sent.close()
    if len(plain) < SMALLEST_BYTES or response.content_encoding:
        return response
    response.set_data(gzip.compress(plain, compresslevel=6, mtime=0))
    response.content_encoding = "gzip"
    etag, _is_weak = response.get_etag()
    if etag:
        # Other bytes, the same page: that is what a weak validator says.
        response.set_etag(etag, weak=True)
    return response
