"""Bytes to grids: what the bytes are and may be, and one reader a format."""
