"""The meeting's brief: one content model, drawn as a web page and as a Word document."""
