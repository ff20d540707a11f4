"""The topics of each event in the list of broadcasts, raised in the transaction of the change."""

from __future__ import annotations

from realtime.broadcasts import register

register()
