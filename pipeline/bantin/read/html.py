from bantin.errors import ReadError

HTML_LIMIT = 10_000_000


def read_html(html, origin, fields):
    raise ReadError("internal", "x")
