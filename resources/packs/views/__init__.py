"""What visitors and makers of packs see and do. A view reads a form, calls an action, renders."""
