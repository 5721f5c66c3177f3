"""The house's own rules that no linter knows."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("broadcast", "scheduler", "audio", "playout")
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
]
PYTHON = [
    path
    for path in TRACKED
    if path.suffix == ".py" and path.exists() and "migrations/versions" not in str(path)
]
CODE = [path for path in PYTHON if path.relative_to(ROOT).parts[0] in PACKAGES]
TESTS = [path for path in PYTHON if path.relative_to(ROOT).parts[0] == "tests"]
BOTH = pytest.mark.parametrize(
    ("paths", "nine_of_ten"), [(CODE, (200, 30)), (TESTS, (250, 30))], ids=["code", "tests"]
)
"""Files and functions; a list of cases makes a file of tests a little longer."""
BROAD_CATCHERS = {"broadcast/error_pages.py", "scheduler/task_base.py", "playout/agent.py"}


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[int(len(values) * share)]


def functions(paths):
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def is_broad(handler):
    name = getattr(handler.type, "id", None)
    return handler.type is None or name in {"Exception", "BaseException"}


def raises_again(handler):
    """It cleans up and catches nothing."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@BOTH
def test_no_file_is_longer_than_300_lines_and_nine_of_ten_are_much_shorter(paths, nine_of_ten):
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    assert {str(path): n for path, n in lengths.items() if n > 300} == {}
    assert percentile(list(lengths.values()), 0.9) <= nine_of_ten[0]


@BOTH
def test_no_function_is_longer_than_50_lines_and_nine_of_ten_are_much_shorter(paths, nine_of_ten):
    lengths = {
        f"{path}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path, node in functions(paths)
    }
    assert {name: n for name, n in lengths.items() if n > 50} == {}
    assert percentile(list(lengths.values()), 0.9) <= nine_of_ten[1]


def test_everything_may_be_caught_in_three_places_only():
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler) and is_broad(node) and not raises_again(node):
                found.add(str(path.relative_to(ROOT)))
    assert found <= BROAD_CATCHERS


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param(
            re.compile(r"\bpy" r"pi\.org|python" r"hosted|npm" r"js\.org|deb\." r"debian\.org"),
            id="index address",
        ),
        pytest.param(re.compile(r"(?<![\w/.])/(?:wo" r"rk|ro" r"ot)/"), id="path of one machine"),
        pytest.param(re.compile(r"\.\./sha" r"red"), id="needs the shared folder"),
    ],
)
def test_no_tracked_file_names(forbidden):
    found = []
    for path in TRACKED:
        if not path.is_file() or "static/vendor" in str(path) or path.stat().st_size > 3_000_000:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path}:{n}" for n, line in enumerate(text.splitlines(), 1) if forbidden.search(line)
        ]
    assert found == []


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    start = lines.index("dependencies = [")
    block = lines[start + 1 : lines.index("]", start)]
    assert [line for line in block if "#" not in line] == []


def test_the_lock_lists_carry_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
