"""The outside: formats, disks, processes. It decides nothing."""
