"""From snapshots and messages to custody events. Pure: reads no clock, no file and no database."""
