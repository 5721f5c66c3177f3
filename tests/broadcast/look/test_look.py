"""The visual language: colours that can be read, files that stay at home, a frame that holds."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "broadcast" / "static"
TEMPLATES = ROOT / "templates"

# ---- colours ----

TEXT_ON_GROUND = [
    (ink, ground)
    for ground in ("paper", "sheet", "tint")
    for ink in ("ink", "soft", "accent", "air", "wait", "done", "fail")
] + [
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("emergency-ink", "emergency"),
    ("ink", "accent-tint"),
    ("ink", "wait-tint"),
    ("ink", "done-tint"),
    ("fail", "fail-tint"),
    ("ink", "heat-0"),
    ("ink", "heat-1"),
    ("ink", "heat-2"),
    ("heat-ink", "heat-3"),
    ("heat-ink", "heat-4"),
]
SHAPE_ON_PAPER = [
    "rule-strong",
    "wait-shape",
    "air",
    "done",
    "fail",
    *(f"hue-{n}" for n in range(8)),
]


def tokens(theme: str) -> dict[str, str]:
    """Colours by name; a dark theme is the light one with its own values laid over it."""
    css = (STATIC / "css" / "tokens.css").read_text()
    light = css[css.index("\n:root {") : css.index("@media (pointer")]
    blocks = {
        "light": [light],
        "dark by machine": [
            light,
            css[css.index("@media (prefers") : css.index(':root[data-theme="dark"]')],
        ],
        "dark by choice": [light, css[css.index(':root[data-theme="dark"]') :]],
    }
    return {
        name: value
        for block in blocks[theme]
        for name, value in re.findall(r"--([\w-]+): (#\w{6});", block)
    }


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark by machine", "dark by choice"])
def test_every_text_colour_is_legible_on_every_ground(theme):
    colours = tokens(theme)
    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT_ON_GROUND}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark by machine", "dark by choice"])
def test_every_shape_stands_out_from_the_paper(theme):
    colours = tokens(theme)
    faint = [name for name in SHAPE_ON_PAPER if contrast(colours[name], colours["paper"]) < 3]
    assert faint == []


def test_the_dark_of_the_machine_is_the_dark_of_the_person():
    assert tokens("dark by machine") == tokens("dark by choice")


# ---- files ----


def own_files(*endings: str) -> list[Path]:
    found = [
        *STATIC.joinpath("css").iterdir(),
        *STATIC.joinpath("js").iterdir(),
        *TEMPLATES.rglob("*.html"),
    ]
    return [path for path in found if path.suffix in endings]


@pytest.mark.parametrize("path", own_files(".css", ".js", ".html"), ids=lambda path: path.name)
def test_no_file_of_the_desk_asks_an_outside_host_or_styles_inline(path):
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", text)
    assert not re.search(r"<[^>]*\sstyle=|<style|\son[a-z]+=[\"']|hx-on|javascript:", text)
    assert len(text.splitlines()) <= 300


def test_every_class_a_macro_writes_is_known_to_a_style_sheet():
    css = "".join(path.read_text() for path in own_files(".css"))
    known = set(re.findall(r"\.([a-z][\w-]*)", css))
    markup = "".join(path.read_text() for path in TEMPLATES.joinpath("macros").iterdir())
    used = {name for value in re.findall(r'class="([^"{}]+)"', markup) for name in value.split()}
    assert used - known <= {"first", "last", "mark", "lead", "time"}


def test_every_vendored_folder_carries_its_licence_and_its_line():
    lines = (STATIC / "vendor" / "VERSIONS.md").read_text()
    ours = [STATIC / "vendor" / name for name in ("htmx-2.0.11", "be-vietnam-pro-0.4.1")]
    assert [
        path.name for path in ours if not (path / "LICENSE").is_file() or path.name not in lines
    ] == []


def test_the_first_page_weighs_less_than_two_hundred_kilobytes(pages):
    text = pages.get("/").get_data(as_text=True)
    linked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))
    fonts = set((STATIC / "vendor" / "be-vietnam-pro-0.4.1").glob("*.woff2"))
    modules = set((STATIC / "js").iterdir())
    files = {STATIC / path.removeprefix("/static/") for path in linked} | fonts | modules
    assert sum(path.stat().st_size for path in files) + len(pages.get("/error/404").data) < 200_000


# ---- the frame ----


def test_the_page_says_its_language_and_the_nav_where_one_is(pages):
    text = pages.get("/").get_data(as_text=True)
    assert '<html lang="vi">' in text
    assert re.findall(r'aria-current="page"><span>([^<]+)', text) == ["Hôm nay"]


def test_a_page_that_does_not_exist_yet_is_not_offered(pages):
    text = pages.get("/").get_data(as_text=True)
    assert "Đăng xuất" in text
    assert "Hướng dẫn" not in text


def test_the_chosen_theme_is_painted_by_the_server_and_a_forged_one_is_not(pages):
    for cookie, seen in (("dark", True), ("light", True), ('"><script>', False)):
        pages.set_cookie("theme", cookie)
        assert ("data-theme=" in pages.get("/").get_data(as_text=True).split(">")[1]) is seen
    pages.delete_cookie("theme")


def test_who_has_not_signed_in_sees_no_desk(pages):
    text = pages.get("/signed-out").get_data(as_text=True)
    assert 'class="nav"' not in text
    assert "Phát khẩn cấp" not in text


@pytest.mark.parametrize("code", ["403", "404", "413", "429", "500", "error"])
def test_an_error_page_says_what_happened_what_was_kept_what_to_do(pages, code):
    text = pages.get(f"/error/{code}").get_data(as_text=True)
    for words in ("<h1>", "Những gì còn giữ được", "Việc nên làm", "Mã tra cứu", "a1b2c3d4"):
        assert words in text


# ---- forms ----


def test_a_form_that_came_back_keeps_what_was_typed_and_says_all_errors_together(pages):
    text = pages.get("/").get_data(as_text=True)
    summary = text[text.index("data-focus") : text.index("</div>", text.index("data-focus"))]
    assert [words in summary for words in ("#title", "#text", "#starts", "#priority")] == [True] * 4
    assert 'value="Đăng ký khai sinh trực tuyến &lt;b&gt;"' in text
    assert re.search(r'id="text"[^>]*aria-invalid|aria-invalid="true"[^>]*id="text"', text)


def test_every_error_and_hint_is_tied_to_its_field(pages):
    text = pages.get("/").get_data(as_text=True)
    ids = set(re.findall(r'\sid="([^"]+)"', text))
    about = {
        name for value in re.findall(r'aria-describedby="([^"]+)"', text) for name in value.split()
    }
    assert about
    assert about - ids == set()


def test_chosen_days_and_zones_stay_chosen(pages):
    text = pages.get("/").get_data(as_text=True)
    assert re.findall(r'name="days" value="(\d)" aria-label="[^"]+" checked', text) == [
        "0",
        "2",
        "4",
    ]
    assert re.findall(r'name="zones" value="(\w)" checked', text) == ["b"]


def test_every_posting_form_carries_the_token(pages):
    text = pages.get("/").get_data(as_text=True)
    forms = re.findall(r'<form method="post".*?</form>', text, re.DOTALL)
    assert forms
    assert all('name="csrf_token"' in form for form in forms)
