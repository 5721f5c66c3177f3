"""`loa demo`."""

import json
import os
from pathlib import Path
from typing import Any

import click

from broadcast.commands.opening import open_database, plain_errors


@click.command()
@click.option("--wait/--no-wait", default=True, help="Follow the bulletin until it was played.")
@plain_errors
def command(wait: bool) -> None:  # noqa: FBT001 -- click hands options over by name
    """Fill a demonstration station from the report of 2023 and let one bulletin go out.

    Run `make up` first, in another window. Run again, it changes nothing and prints the same.
    """
    from broadcast.config import Settings

    settings = Settings.from_env(os.environ)
    with open_database(settings) as desk:
        _refuse_real_station(desk)
    card, is_new = _fill(settings)
    _print_card(settings.public_url, card)
    if is_new or not _was_shown(settings):
        _show(settings, wait=wait)
    else:
        click.echo("Dữ liệu mẫu đã có từ trước; không thay đổi gì.")


def _refuse_real_station(desk: Any) -> None:
    from sqlalchemy import select

    from broadcast.demo.founding import CODE
    from broadcast.tables import stations

    others = desk.session.scalars(select(stations.Station.code)).all()
    if any(code != CODE for code in others):
        raise click.ClickException(
            "Ở đây đang có một đài thật; dữ liệu mẫu không trộn vào. "
            "Hãy dùng thư mục khác: LOA_DATA=data-mau make up, rồi LOA_DATA=data-mau make demo"
        )


def _fill(settings: Any) -> tuple[dict[str, str], bool]:
    """The card with the accounts, and whether anything was new."""
    from broadcast.demo.founding import found_demo, keeper_of
    from broadcast.demo.past import add_demo_boxes, plan_past, report_past
    from broadcast.demo.showing import put_on_shelf

    with open_database(settings) as desk:
        founded = found_demo(desk)
        mine = desk.acting_as(keeper_of(founded.station))
        boxes = add_demo_boxes(mine)
        lines = plan_past(mine)
        if lines:
            click.echo("Ghi nhật ký phát của năm 2023 …")
            report_past(mine, boxes, lines)
        card = _card(mine, settings.data_dir / "demo.json")
        put_on_shelf(mine)
        return card, founded.is_new


def _card(desk: Any, path: Path) -> dict[str, str]:
    """Secrets are shown once and kept as hashes; the demonstration keeps its own for printing."""
    from broadcast.boxes.tokens import add_box
    from broadcast.people.keys import add_key

    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text("utf-8"))
        return kept
    card = {
        "box": add_box(desk, "Cụm loa để thử")[1],
        "key": add_key(desk, "phần mềm báo cáo (mẫu)")[1],
    }
    path.touch(mode=0o600)
    path.write_text(json.dumps(card), "utf-8")
    return card


def _print_card(url: str, card: dict[str, str]) -> None:
    from broadcast.demo.founding import ACCOUNTS, PASSWORD

    click.echo(f"Mở {url} và đăng nhập, mật khẩu chung: {PASSWORD}")
    for login, name, role in ACCOUNTS:
        click.echo(f"  {login:10} {name} ({role})")
    click.echo(f"Mã máy phát:  {card['box']}")
    click.echo(f"Khóa báo cáo: {card['key']}")
    click.echo(
        f"  curl -H 'Authorization: Bearer {card['key']}' "
        f"'{url}/api/v1/airtime?from=2023-01-01&to=2023-12-31&by=topic'"
    )


def _was_shown(settings: Any) -> bool:
    from broadcast.demo.showing import was_shown

    with _demo_desk(settings) as desk:
        return was_shown(desk)


def _show(settings: Any, *, wait: bool) -> None:
    from functools import partial

    from broadcast.clock import wall_clock
    from broadcast.demo.showing import StationNotRunning, put_on_shelf, show
    from broadcast.supervision.checks import web

    if not web(settings, wall_clock()).ok:
        raise StationNotRunning
    open_desk = partial(_demo_desk, settings)
    with open_desk() as desk:
        bulletin = put_on_shelf(desk)[3]
    click.echo(f"Cho phát thử: “{bulletin.title}”")
    show(open_desk, bulletin.id, click.echo, patience_s=300 if wait else 90)


def _demo_desk(settings: Any) -> Any:
    from contextlib import contextmanager

    from broadcast.demo.founding import found_demo, keeper_of

    @contextmanager
    def opened() -> Any:
        with open_database(settings) as desk:
            yield desk.acting_as(keeper_of(found_demo(desk).station))

    return opened()
