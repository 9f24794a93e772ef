"""The only SQL: an append-only database of uploads, their facts and steps, and the Snapshot made of what counts."""

from sqlalchemy import Engine

from store.answers import forget, remember, remembered
from store.connection import default_database_url
from store.decisions import decide, load_decisions, move_due, settle, tell_demo
from store.handovers import hand_over, load_handovers
from store.meetings import freeze_meeting, load_meetings
from store.migrations import open_store
from store.pictures import album, original_picture, picture_uses, step_pictures, thumbnails
from store.screens import load_screens, make_screen, screen_opens, withdraw_screen
from store.snapshots import data_version, load_snapshot
from store.steps import take_steps, undo_steps
from store.undo import remove_demo, undo_upload
from store.uploads import COMMITTED, UNCHANGED, Saved, corrections, original, rejected_rows, save_upload

__all__ = [
    "COMMITTED",
    "UNCHANGED",
    "Engine",
    "Saved",
    "album",
    "corrections",
    "data_version",
    "decide",
    "default_database_url",
    "forget",
    "freeze_meeting",
    "hand_over",
    "load_decisions",
    "load_handovers",
    "load_meetings",
    "load_screens",
    "load_snapshot",
    "make_screen",
    "move_due",
    "open_store",
    "original",
    "original_picture",
    "picture_uses",
    "rejected_rows",
    "remember",
    "remembered",
    "remove_demo",
    "save_upload",
    "screen_opens",
    "settle",
    "step_pictures",
    "take_steps",
    "tell_demo",
    "thumbnails",
    "undo_steps",
    "undo_upload",
    "withdraw_screen",
]
