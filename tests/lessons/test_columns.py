"""Small panels share a place."""

from regviz.lessons.picture import columns


def test_small_panels_share_a_place_only_beside_others():
    seen = {"mask": True, "jitter": True, "plane": False}
    assert columns(seen) == [["mask", "jitter"], ["plane"]]
    assert columns({"mask": True, "jitter": True}) == [["mask"], ["jitter"]]
