"""`loa`: what an administrator does without a browser. Each command imports only what it needs."""

from importlib import import_module

import click

COMMANDS = {
    "up": "Start the whole station: Redis, web, worker, beat and a local box.",
    "migrate": "Bring the database to the newest form.",
    "user": "Accounts: add, list, password, disable.",
    "box": "Boxes: add, rotate, revoke, list.",
    "key": "Keys of the report module: add, revoke, list.",
    "airtime": "Items, airings and minutes of a period: the figures of the API.",
    "verify-log": "Walk the hash chain of the as-run log and name the first broken row.",
    "read": "Read Vietnamese administrative text from standard input as it is spoken.",
    "demo": "Fill a demonstration station from the report of 2023.",
    "doctor": "Say what is found, what is missing and how to get it.",
    "web": "Only the web server (one part of `up`).",
    "setup-link": "Print a fresh one-time link to the set-up page.",
    "audit": "Recount every figure from the raw rows and report differences.",
}


class LazyGroup(click.Group):
    """Looks a command's module up by its name when it is asked for, so that `loa read` is quick."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"broadcast.commands.{name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="loa")
def main() -> None:
    """Loa: lịch phát, nhật ký và báo cáo của đài truyền thanh xã."""


if __name__ == "__main__":
    main()
