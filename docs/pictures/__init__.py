"""Every kind of page, at every width, light, dark, on paper and in three languages: `make pictures`."""
