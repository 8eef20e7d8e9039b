"""Tests that share what is dear to make, such as a browser or a sample company, run on one worker."""

import pytest


@pytest.mark.xdist_group("one worker")
def test_pytest_tells_xdist_which_tests_belong_together(request: pytest.FixtureRequest) -> None:
    """Some versions of the two do not understand each other: all passes, and takes a third longer."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("there is one worker only")
    assert request.node.nodeid.endswith("@one worker")
