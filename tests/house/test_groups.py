"""Tests that share what is dear to make run on one worker: the mark must reach the one who hands them out."""

import os

import pytest


@pytest.mark.xdist_group("together")
def test_a_group_is_named_to_the_workers(request: pytest.FixtureRequest) -> None:
    """pytest-xdist reads groups out of the names of tests and loses them silently over a pytest it does not know."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@together")
    assert request.node.get_closest_marker("xdist_group") is not None
