"""The settings: what a person may choose, and where each choice was made.

Owns the names, the legal values and the order of precedence: flag, then environment variable
(`WORKSTATION_...`), then the settings file, then default. Leaves to others what a setting does:
values here are plain, and the command line turns them into the objects of the layers below.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from workstation.errors import ConfigurationError
from workstation.locations import CONFIG_VARIABLE, config_file

__all__ = [
    "WATCHLISTS",
    "Endpoint",
    "LimitSettings",
    "Settings",
    "load_settings",
    "unknown_variables",
]

WATCHLISTS = ("dow30", "sp500")
"""The watchlists that are known by a word; anything else is a file of symbols."""

_PREFIX = "WORKSTATION_"
_NESTED = "__"
_ENDPOINT = re.compile(
    r"(?:\[(?P<address>[^\s\[\]]*:[^\s\[\]]*)\]|(?P<host>[^\s:\[\]]+)):(?P<port>[0-9]{1,5})"
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server listens."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `HOST:PORT`; an IPv6 address stands in brackets: `[::1]:7497`.

        Raises:
            ValueError: the text is not of that form.
        """
        found = _ENDPOINT.fullmatch(text.strip())
        if not found:
            raise ValueError("not HOST:PORT")
        if not 0 < int(found["port"]) < 2**16:
            raise ValueError("the port lies from 1 to 65535")
        host = found["address"] or found["host"]
        try:
            host.encode("idna")
        except UnicodeError:
            raise ValueError(f"{host!r} is no name of a host") from None
        return cls(host, int(found["port"]))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _endpoint(value: object) -> object:
    if isinstance(value, str):
        return None if value.strip().lower() == "none" else Endpoint.parse(value)
    if value is None or isinstance(value, Endpoint):
        return value
    raise ValueError("not text")


def _watchlist(value: object) -> object:
    if not isinstance(value, str | Path):
        raise ValueError("not text")  # noqa: TRY004 - pydantic reports ValueError as a bad value
    text = str(value).strip()
    if text.lower() in WATCHLISTS:
        return text.lower()
    path = Path(text).expanduser()
    if not path.is_file():
        raise ValueError("no such file")
    return str(path)


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("true and false are no numbers")  # noqa: TRY004 - as above
    return value


_Whole = Annotated[int, BeforeValidator(_no_boolean), Field(ge=0, lt=2**31)]
_ABOVE_ZERO = Field(gt=0, allow_inf_nan=False)
_Quantity = Annotated[Decimal, BeforeValidator(_no_boolean), _ABOVE_ZERO]
_Number = Annotated[float, BeforeValidator(_no_boolean), _ABOVE_ZERO]
_Count = Annotated[int, BeforeValidator(_no_boolean), Field(gt=0)]
_A_NUMBER = Field(description="a number above 0")
_A_COUNT = Field(description="a whole number above 0")


class LimitSettings(BaseModel):
    """The precautionary limits that a person changed; None leaves the order guard's own default.

    Names and types are those of `risk.limits.OrderLimits`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_order_quantity: Annotated[_Quantity | None, _A_NUMBER] = None
    """Shares or contracts in one order."""
    max_order_value: Annotated[_Number | None, _A_NUMBER] = None
    """Price times quantity times multiplier, in the contract's currency."""
    max_percent_off_market: Annotated[_Number | None, _A_NUMBER] = None
    """How far a limit may lie from the market, in percent of it."""
    max_orders_per_second: Annotated[_Count | None, _A_COUNT] = None
    """Orders sent within one second, whoever sends them."""

    def changed(self) -> dict[str, Any]:
        """The limits that a person changed, by name."""
        return self.model_dump(exclude_none=True)


class Settings(BaseSettings):
    """Every setting, with its default. Make one with `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter=_NESTED,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    connect: Annotated[
        Endpoint | None,
        NoDecode,
        BeforeValidator(_endpoint),
        Field(description='HOST:PORT of a Bridge, such as "127.0.0.1:7497", or "none"'),
    ] = None
    """The Bridge to connect to; None starts a simulated one."""
    client_id: Annotated[_Whole, Field(description="a whole number from 0 to 2147483647")] = 0
    """The client id at the Bridge; 0 also hears of orders placed by hand in TWS."""
    theme: Annotated[
        str | None, Field(min_length=1, description="the name of a theme (see `locate themes`)")
    ] = None
    """The colour theme; None leaves the screen's own default."""
    watchlist: Annotated[
        str,
        BeforeValidator(_watchlist),
        Field(description="dow30, sp500 or an existing file with one symbol a line"),
    ] = "dow30"
    """The watchlist at start: a word of WATCHLISTS, or the path of a file."""
    seed: Annotated[_Whole | None, Field(description="a whole number from 0 to 2147483647")] = None
    """Seed of the simulated market; None takes a new one at each start."""
    actors: Annotated[bool, Field(description="true or false")] = True
    """Whether the example actors run; on the simulated Bridge only."""
    keys: Annotated[
        Mapping[str, str],
        NoDecode,
        Field(description='a table of action = "keys", such as cancel_all = "f8,ctrl+t"'),
    ] = Field(default_factory=dict)
    """Key bindings that a person changed: the action's id, and its keys between commas."""
    limits: Annotated[LimitSettings, NoDecode, Field(description="a table of limits")] = (
        LimitSettings()
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - there is no .env file
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - nor secret files
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags come first, then the environment, then the file."""
        return init_settings, env_settings, _FileSource(settings_cls, config_file())


class _FileSource(TomlConfigSettingsSource):
    """The settings file; a watchlist that it names lies beside it."""

    def __init__(self, settings_cls: type[BaseSettings], path: Path) -> None:
        super().__init__(settings_cls, path)
        self._folder = path.parent

    def __call__(self) -> dict[str, Any]:
        values = super().__call__()
        watchlist = values.get("watchlist")
        if isinstance(watchlist, str) and watchlist.strip().lower() not in WATCHLISTS:
            values["watchlist"] = str(self._folder / Path(watchlist).expanduser())
        return values


def load_settings(flags: Mapping[str, Any] | None = None) -> Settings:
    """Settle every setting.

    Args:
        flags: what the command line said, by setting; None means that it said nothing.

    Raises:
        ConfigurationError: a value is not legal or a key unknown; names where it stands.
    """
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    path = config_file()
    if os.environ.get(CONFIG_VARIABLE) and not path.is_file():
        raise ConfigurationError(CONFIG_VARIABLE, str(path), "give the path of a file")
    try:
        return Settings(**given)
    except ValidationError as error:
        raise _explained(error, given, path) from error
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error, path) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            "text", error.object[error.start], "give UTF-8 text", str(path)
        ) from error
    except OSError as error:
        raise ConfigurationError(
            "settings file", str(path), error.strerror or str(error)
        ) from error


def unknown_variables() -> list[str]:
    """The environment variables that look like settings and are none: most likely misspelt."""
    known = tuple(f"{_PREFIX}{name}".upper() for name in Settings.model_fields)
    return sorted(
        name
        for name in os.environ
        if name.upper().startswith(_PREFIX)
        and name.upper() not in (*known, CONFIG_VARIABLE)
        and not name.upper().startswith(tuple(each + _NESTED for each in known))
    )


def _explained(error: ValidationError, flags: Mapping[str, Any], path: Path) -> ConfigurationError:
    """The first thing wrong: which key, what is legal, and where it was set."""
    first = error.errors(include_url=False)[0]
    place = [str(part) for part in first["loc"] if part != "[key]"]
    model: type[BaseModel] = LimitSettings if place[:1] == ["limits"] else Settings
    if first["type"] == "extra_forbidden":
        legal = f"known settings are {', '.join(model.model_fields)}"
        return ConfigurationError(
            ".".join(place), first["input"], legal, _source(place, flags, path)
        )
    field = model.model_fields.get(place[-1]) or Settings.model_fields[place[0]]
    return ConfigurationError(
        ".".join(place),
        first["input"],
        f"give {field.description}",
        _source(place, flags, path),
    )


def _source(place: list[str], flags: Mapping[str, Any], path: Path) -> str:
    if place[0] in flags:
        return "--" + place[0].replace("_", "-")
    environment = {name.upper(): name for name in os.environ}
    variable = environment.get((_PREFIX + _NESTED.join(place)).upper())
    return variable or environment.get((_PREFIX + place[0]).upper()) or str(path)


def _not_toml(error: tomllib.TOMLDecodeError, path: Path) -> ConfigurationError:
    at = re.search(r"line (\d+)", str(error))
    lines = path.read_text(errors="replace").splitlines()
    number = int(at[1]) if at else len(lines)
    text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return ConfigurationError(f"line {number}", text, f"give TOML: {error}", str(path))
