from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from workstation.errors import InvalidValue
from workstation.model.moment import moment_from, zone_named

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20261123", datetime(2026, 11, 23, tzinfo=NEW_YORK)),
        ("20261123 09:30:00", datetime(2026, 11, 23, 9, 30, tzinfo=NEW_YORK)),
        ("20261123 09:30:00 US/Eastern", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ("20261123  09:30:00 EST", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ("20260623 09:30:00 EST", datetime(2026, 6, 23, 13, 30, tzinfo=UTC)),
        ("20261123-14:30:00", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ("2026-11-23 14:30:00.0", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ("1795444200", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
    ],
)
def test_every_spelling_of_a_bridge_is_a_moment(text, expected):
    found = moment_from(text, NEW_YORK)
    assert found == expected
    assert found.tzinfo is not None


@pytest.mark.parametrize("text", ["", "x", "20261323", "20261123 25:00:00", "2026-11-23", "9" * 30])
def test_what_is_no_moment_is_named(text):
    with pytest.raises(InvalidValue, match="legal are"):
        moment_from(text)


@pytest.mark.parametrize("name", ["", "Nowhere/Here", "../etc", "Mittel"])
def test_a_zone_that_nobody_knows_is_named(name):
    with pytest.raises(InvalidValue, match="time zone"):
        zone_named(name)
