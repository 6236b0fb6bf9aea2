"""Units, people and departments: enough of them, named like people and places, and nobody's real ones."""

import re
from collections import Counter

from demo.county import SEED
from demo.departments import DEPARTMENTS, department_records
from demo.indicators import SPECS
from demo.people import (
    CHANGED_ON,
    FIRST_SECRETARY,
    INDICATOR_LEADER,
    LEADER_OF_AREA,
    TOWNSHIP_HEAD,
    TOWNSHIP_SECRETARY,
    VILLAGE_CLERK,
    VILLAGE_SECRETARY,
    people,
)
from demo.places import BEGIN, COUNTY, Land, renamed_units, unit_records
from metrics.vocabulary import Level

# The first two digits of the codes of provinces, regions and cities that exist.
PROVINCES = frozenset(
    str(number)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
    for number in range(first, last + 1)
)


def test_there_are_as_many_units_as_in_a_county(country: Land) -> None:
    assert len(country.townships) == 16
    assert 240 <= len(country.villages) <= 260
    assert Counter(township.kind for township in country.townships) == {
        "镇": 8,
        "乡": 5,
        "街道": 2,
        "农场": 1,
    }


def test_no_code_belongs_to_a_real_county(country: Land) -> None:
    codes = {record.code for record in unit_records(country)}
    assert len(codes) == len(country.places)
    assert not {code[:2] for code in codes} & PROVINCES
    lengths = {Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12}
    assert all(re.fullmatch(rf"\d{{{lengths[place.level]}}}", place.code) for place in country.places)
    assert all(place.code.startswith(place.parent or "") for place in country.places)


def test_names_are_distinct_and_end_as_their_kind_says(country: Land) -> None:
    assert len(country.by_name) == len(country.places)
    assert all(2 <= len(place.name) <= 6 for place in country.places)
    assert all(place.name.endswith("社区") == (place.kind == "社区") for place in country.villages)
    assert all(re.fullmatch(r"[一-鿿]+", place.name) for place in country.places)


def test_parents_hold_what_their_parts_hold(country: Land) -> None:
    for measure in ("households", "persons", "relieved", "monitored", "workers", "fields"):
        villages = sum(getattr(village, measure) for village in country.villages)
        townships = sum(getattr(township, measure) for township in country.townships)
        assert villages == townships == getattr(country.county, measure)


def test_families_have_the_size_of_families(country: Land) -> None:
    for village in country.villages:
        assert 2 <= village.persons / village.households <= 7
        assert 2 <= village.relieved_persons / village.relieved <= 7
        assert village.monitored < village.households
        assert village.relieved < village.households


def test_villages_carry_several_tags(country: Land) -> None:
    tags = Counter(tag for village in country.villages for tag in village.tags)
    assert {"重点村", "示范村", "易地搬迁安置", "老区村", "集体经济薄弱村", "山区", "丘陵", "近郊"} <= set(
        tags
    )
    assert tags["示范村"] == 16
    assert 40 <= tags["重点村"] <= 60


def test_one_village_became_a_community(country: Land) -> None:
    (renamed,) = renamed_units(country)
    assert (renamed.name, renamed.kind) == ("小河社区", "社区")
    assert country.by_code[renamed.code].name == "小河村"
    assert renamed.valid_from > BEGIN


def test_every_department_goes_by_one_name_only() -> None:
    records = department_records()
    names = [name for record in records for name in (record.name, *record.aliases)]
    assert len(records) >= 22
    assert [name for name, n in Counter(names).items() if n > 1] == []
    assert "县扶贫办" in next(record for record in records if record.code == "NY").aliases


def test_no_two_people_share_a_name(country: Land) -> None:
    staff = people(country, SEED)
    persons = [*staff.persons, *staff.late_persons]
    assert len({person.name for person in persons}) == len(persons)
    assert len({person.code for person in persons}) == len(persons)
    assert all(re.fullmatch(r"[一-鿿]{3}", person.name) for person in persons)
    assert all(re.fullmatch(r"1\d\d\*{4}\d{4}", person.phone or "") for person in persons)


def test_everything_has_someone_who_answers_for_it(country: Land) -> None:
    staff = people(country, SEED)
    held = {(duty.role, duty.unit or duty.indicator) for duty in (*staff.duties, *staff.late_duties)}
    townships = {township.code for township in country.townships}
    villages = {village.code for village in country.villages}
    for role in (LEADER_OF_AREA, TOWNSHIP_SECRETARY, TOWNSHIP_HEAD):
        assert townships <= {about for known, about in held if known == role}
    for role in (VILLAGE_SECRETARY, VILLAGE_CLERK):
        assert villages <= {about for known, about in held if known == role}
    assert {one.code for one in SPECS} == {about for known, about in held if known == INDICATOR_LEADER}
    keyed = {village.code for village in country.villages if "重点村" in village.tags}
    assert keyed <= {about for known, about in held if known == FIRST_SECRETARY}


def test_a_secretary_was_moved_and_both_are_known(country: Land) -> None:
    staff = people(country, SEED)
    unit = country.by_name["石门乡"].code
    before = staff.holder(TOWNSHIP_SECRETARY, BEGIN, unit=unit)
    after = staff.holder(TOWNSHIP_SECRETARY, CHANGED_ON, unit=unit)
    assert before != after
    (ended,) = [duty for duty in staff.late_duties if duty.valid_to is not None]
    assert ended.person == before.code
    assert ended.valid_to is not None and ended.valid_to < CHANGED_ON


def test_departments_lead_what_they_are_named_for() -> None:
    known = {code for code, _, _, _ in DEPARTMENTS}
    for one in SPECS:
        assert one.record.lead in known
        assert set(one.record.shared) <= known
        assert one.record.lead not in one.record.shared
    assert COUNTY not in known
