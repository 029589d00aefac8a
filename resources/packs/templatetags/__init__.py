"""What templates of packs say of time and place."""
