"""The form every settings page is made of: what a service refuses stands beside what was typed."""

from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _

from broadcast.errors import EditConflict, InvalidInput
from broadcast.forms import TidyForm

R = TypeVar("R")


class DeedForm(TidyForm):
    def carry_out(self, deed: Callable[[], R]) -> tuple[R] | None:
        """`(what deed returned,)` once the form is valid and the service agreed.

        None when it was not sent, or when something is wrong: then the form says what, and the
        page is shown again with everything that was typed.
        """
        if not self.validate_on_submit():
            return None
        try:
            return (deed(),)
        except (InvalidInput, EditConflict) as err:
            self.form_errors.append(_(err.message))
            return None

    @property
    def status(self) -> int:
        """422 when something is wrong, 200 for a fresh form."""
        return 422 if self.errors or self.form_errors else 200
