"""Concepts: which of the words of headings belong to which kind of table."""

from __future__ import annotations

LEDGER_ONLY = {
    "due_on",
    "fixed_on",
    "verified_on",
    "status",
    "review",
    "responsible_unit",
    "responsible_person",
    "measure",
    "severity",
    "photos_after",
}
CHECK_ONLY = {"result", "result_pass", "result_fail", "result_yes", "deduction", "score", "full_marks"}
SITES_ONLY = {
    "point_chief",
    "road_chief",
    "block_chief",
    "phone",
    "point_phone",
    "lon",
    "lat",
    "coordinates",
    "address",
    "responsible_person",
    "site_kind",
}
PATROL_ONLY = {"activity", "party_members", "volunteers", "hours"}
BESIDE_A_PROBLEM = {
    "number",
    "inspected_on",
    "category",
    "indicator",
    "note",
    "area",
    "area_community",
    "area_street",
    "area_grid",
    "site",
    "location",
}
PLACE = {"area", "area_community", "area_street", "area_grid", "site", "location"}
