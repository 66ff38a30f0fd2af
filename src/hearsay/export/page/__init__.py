"""The parts of the HTML page: templates, style, script, and the pure functions that prepare a dossier for them.

`dates` puts dates into words, `marks` cuts a report's text at the ends of all its spans, `strip` draws the time line,
`view` gathers everything a template asks for. Nothing here writes markup: that is left to the templates, which escape.
"""
