"""Integrity: what in the books makes one doubt them. Every check informs; none changes a score."""
