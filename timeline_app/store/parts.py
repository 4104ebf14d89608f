"""What the parts of an ingested file are called that are read piece by piece."""

from __future__ import annotations

RECORDS = "records.bin"

# The end of each record in RECORDS, its line and its number: three int64.
PLACES = "places.i64"
PLACE_BYTES = 24

# The record of each row, int32.
ORDER = "order.i32"
ORDER_BYTES = 4
