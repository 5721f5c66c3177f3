import gzip

import pytest

GZIP = {"Accept-Encoding": "gzip"}
SHEET = "/static/css/components.css"


def test_a_page_and_a_style_sheet_go_compressed(signed_in):
    browser = signed_in()
    for path in ("/", SHEET):
        plain, packed = (
            browser.get(path, buffered=True),
            browser.get(path, headers=GZIP, buffered=True),
        )
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.data) < len(plain.data) / 2
        assert "Accept-Encoding" in packed.headers["Vary"]
    assert (
        gzip.decompress(browser.get(SHEET, headers=GZIP, buffered=True).data)
        == browser.get(SHEET, buffered=True).data
    )


def test_who_takes_no_gzip_gets_none(signed_in):
    answer = signed_in().get(SHEET, buffered=True)
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/api/openapi.json", "/api/v1/airtime"])
def test_the_interfaces_keep_their_bytes(app, path):
    answer = app.test_client().get(path, headers=GZIP, buffered=True)
    assert "Content-Encoding" not in answer.headers


def test_what_has_not_changed_is_not_sent_again(signed_in):
    browser = signed_in()
    etag = browser.get(SHEET, headers=GZIP, buffered=True).headers["ETag"]
    assert etag.startswith("W/")
    again = browser.get(SHEET, headers=GZIP | {"If-None-Match": etag}, buffered=True)
    assert again.status_code == 304
