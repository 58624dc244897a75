"""The verbs: values in, values out. No files, clock, locale or environment."""
