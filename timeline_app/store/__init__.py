"""What is kept of opened large files: columns, records and an index of their words."""

from __future__ import annotations
