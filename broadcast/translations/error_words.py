"""What Babel's own reading of Python misses: the sentences of errors, which are plain literals.

They are translated where a page shows them, by `_(err.message)`, so no `_()` stands around them.
"""

import ast
import builtins
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python

Found = tuple[int, Any, Any, Any]
"""Line, the function that held the text or None, the text, comments. Babel’s own hints disagree."""


def extract_messages(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Found]:
    """All that Babel finds in Python, then the file's error sentences.

    `options["tables"]` names module-level tables, parted by spaces, whose words a page translates.
    """
    yield from extract_python(fileobj, keywords, comment_tags, {})
    fileobj.seek(0)
    module = ast.parse(fileobj.read())
    for line, sentence in sentences_of(module, options.get("tables", "").split()):
        yield line, None, sentence, []


def sentences_of(module: ast.Module, tables: Collection[str] = ()) -> Iterator[tuple[int, str]]:
    """Line and text of each `message = "…"` of a class, each `raise Named("…")`, each table's word.

    A text in ASCII alone is no Vietnamese sentence and is passed over.
    """
    numbers = {
        name: value.value for name, value in _assigned(module) if isinstance(value, ast.Constant)
    }
    for node in ast.walk(module):
        for place in _places(node):
            text = _text(place, numbers)
            if text and not text.isascii():
                yield place.lineno, text
    for name, value in _assigned(module):
        if name in tables:
            yield from _words(value)


def _places(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.ClassDef):
        return [value for name, value in _assigned(node) if name == "message"]
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
        raised = node.exc.func
        if isinstance(raised, ast.Name) and not hasattr(builtins, raised.id):
            return node.exc.args[:1]
    return []


def _assigned(owner: ast.Module | ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    for statement in owner.body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, statement.value


def _text(value: ast.expr, numbers: Mapping[str, Any]) -> str | None:
    """The text of a literal, or of an f-string that holds nothing but the file's own constants."""
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else None
    if not isinstance(value, ast.JoinedStr):
        return None
    parts: list[str] = []
    for part in value.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name):
            if part.value.id not in numbers or part.format_spec:
                return None
            parts.append(str(numbers[part.value.id]))
        else:
            return None
    return "".join(parts)


def _words(table: ast.AST) -> Iterator[tuple[int, str]]:
    """Whole literals only: the pieces of an f-string are no words of their own."""
    for part in ast.iter_child_nodes(table):
        if isinstance(part, ast.Constant):
            if isinstance(part.value, str) and not part.value.isascii():
                yield part.lineno, part.value
        elif not isinstance(part, ast.JoinedStr):
            yield from _words(part)
