"""Frames in, the bytes of a file out: what leaves the dashboard to be filled in, read or kept elsewhere."""
