"""The register as other programs read it: files, calendars, feeds, contact cards, linked data."""
