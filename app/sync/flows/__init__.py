"""How operations go on at each provider: one file each, pure, and none knows another."""
