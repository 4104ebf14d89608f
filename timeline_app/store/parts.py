"""What the parts of an ingested file are called that are read piece by piece, and what stands in them."""

from __future__ import annotations

from struct import Struct
from typing import Final

import numpy as np

# The records end to end, in the order of the file.
RECORDS: Final = "records.bin"

# For each row the place of its record in RECORDS, and its line and number in the file; a line of 0 is unknown.
PLACES: Final = "places.rows"
PLACE_TYPE: Final = np.dtype([("begin", "<i8"), ("length", "<u4"), ("line", "<u4"), ("number", "<u4")])
PLACE: Final = Struct("<qIII")

# Beside each row of an actor's list the number of his roles in its event, where any event tells of roles.
ROLE_CODES: Final = "actors.roles"

# The rests of all records that the file has, end to end in its order; for each of them where its rest ends, int64.
RESTS: Final = "rests.bin"
REST_ENDS: Final = "rests.ends"
