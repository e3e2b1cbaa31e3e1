"""What the mission looks like: its colours, checked so that everybody can read them, its typeface, its emblem."""
