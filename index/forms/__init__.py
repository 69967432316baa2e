"""Reading of performance forms, one kind of content a module; `index.performance` wires them."""
