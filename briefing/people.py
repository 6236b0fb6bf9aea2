"""Who answers for a unit, a department or an indicator: no red without a name."""

from dataclasses import dataclass
from typing import Any

from data_access.directory import Directory
from metrics.columns import records


@dataclass(frozen=True)
class Responsible:
    """A person in charge and the role that makes them so."""

    role: str
    name: str
    post: str
    phone: str


def in_charge(directory: Directory, **of: str) -> list[Responsible]:
    """The people with a duty for `unit=`, `department=` or `indicator=`, in the order of the record."""
    duties = directory.duties
    for column, value in of.items():
        duties = duties[duties[column] == value]
    if duties.empty:
        return []
    people = directory.persons.set_index("code")
    return [_responsible(row.role, people.loc[row.person]) for row in records(duties)]


def _responsible(role: str, person: Any) -> Responsible:
    phone = person["phone"]
    return Responsible(role, person["name"], person["post"], phone if isinstance(phone, str) else "")
