"""Pictures and files: what may come in, what is stored of it, who may read it, and how a page shows it."""
