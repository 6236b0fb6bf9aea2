"""What an installation sets from its environment; everything else is the county's own data."""

from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from data_access.errors import SettingInvalid

DEFAULT_DATABASE = Path(__file__).parent.parent / "var" / "xushi.db"
BACKENDS = ("sqlite", "postgresql")


class Settings(BaseSettings):
    """DATABASE_URL and the XUSHI_ variables. Unset ones take the defaults below."""

    model_config = SettingsConfigDict(env_prefix="XUSHI_", frozen=True)

    database_url: str = Field(default=f"sqlite:///{DEFAULT_DATABASE}", validation_alias="DATABASE_URL")
    county: str = Field(default="", pattern=r"^\d{0,12}$")
    pool_size: int = Field(default=10, ge=1, le=200)
    statement_seconds: int = Field(default=5, ge=1, le=600)
    draw_ahead: bool = True

    @field_validator("database_url")
    @classmethod
    def _known_backend(cls, url: str) -> str:
        try:
            backend = make_url(url).get_backend_name()
        except ArgumentError:
            raise ValueError("it is not a database address (sqlite:///… or postgresql://…)") from None
        if backend not in BACKENDS:
            raise ValueError(f"{backend} is not one of {', '.join(BACKENDS)}")
        return url


def load_settings() -> Settings:
    """Read the environment. Raises `SettingInvalid` naming the variable, never its value (passwords)."""
    try:
        return Settings()
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        field = str(first["loc"][0])
        name = field if field.isupper() else f"XUSHI_{field.upper()}"
        raise SettingInvalid(name, first["msg"].removeprefix("Value error, ")) from None


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return load_settings()
