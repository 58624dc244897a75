"""One function per command: files, then steps, then files; each returns an Outcome."""
