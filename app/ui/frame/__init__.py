"""What frames the pages of a window: navigation, menus, palette, memory, messages."""
