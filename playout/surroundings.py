"""Amplifier and status lamp, switched by what the air does. Commands come from the settings."""

from playout.air import Air
from playout.clock import StationClock
from playout.config import BoxConfig
from playout.decide import amplifier_wanted
from playout.errors import StationUnreachable, TokenRevoked
from playout.hooks import Hook, HookFailed
from playout.status import FaultBoard

_OFFLINE = {StationUnreachable.code, TokenRevoked.code}


class Surroundings:
    def __init__(self, config: BoxConfig, clock: StationClock, faults: FaultBoard) -> None:
        self._config = config
        self._clock = clock
        self._faults = faults
        self._amplifier, self._lamp = Hook(), Hook()
        self._is_on = False
        self._shown = ""

    def tend(self, air: Air) -> None:
        """After each step of the air; runs a command only when something has changed."""
        try:
            self._switch_amplifier(air)
            self._show(self._state(is_on_air=air.channel.on_air is not None))
            self._amplifier.tend()
            self._lamp.tend()
        except HookFailed as err:
            self._faults.put(err)

    def close(self) -> None:
        try:
            if self._is_on:
                self._amplifier.run(self._config.amp_off_command)
            self._amplifier.close()
            self._show("stopped")
            self._lamp.close()
        except HookFailed as err:
            self._faults.put(err)

    def _switch_amplifier(self, air: Air) -> None:
        is_on_air = air.channel.on_air is not None or air.channel.armed is not None
        wanted = air.plan is not None and amplifier_wanted(
            air.plan, self._clock.now(), on_air=is_on_air, is_on=self._is_on
        )
        if wanted != self._is_on:
            self._is_on = wanted
            self._faults.clear(HookFailed.code)
            config = self._config
            self._amplifier.run(config.amp_on_command if wanted else config.amp_off_command)

    def _state(self, *, is_on_air: bool) -> str:
        codes = {fault.code for fault in self._faults.list()}
        if is_on_air:
            return "on_air"
        if codes - _OFFLINE:
            return "fault"
        return "offline" if codes else "idle"

    def _show(self, state: str) -> None:
        if state != self._shown and self._config.status_command:
            self._lamp.run((*self._config.status_command, state))
        self._shown = state
