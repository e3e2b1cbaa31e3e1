"""The demo: its texts, its pictures, its document."""
