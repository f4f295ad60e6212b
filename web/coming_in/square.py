"""A QR code, drawn by the page itself: what stands in it goes to nobody else."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4  # modules of white around it, as the standard asks


@dataclass(frozen=True)
class Square:
    """A QR code as an SVG path: one step to the right for each dark module."""

    size: int
    path: str

    @classmethod
    def of(cls, text: str) -> Square:
        rows_ = list(segno.make_qr(text, error="m").matrix_iter(border=QUIET))
        dark = ((x, y) for y, row in enumerate(rows_) for x, on in enumerate(row) if on)
        return cls(len(rows_), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
