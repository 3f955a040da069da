"""Between documents and rows: loading, reading back, copying, taking an upload."""
