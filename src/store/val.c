/* Values on their way into a statement, and lists as one value. */
#include "store/engine.h"

Val val_null(void)       { return (Val){ .kind = VAL_NULL }; }
Val val_int(int64_t v)   { return (Val){ .kind = v == NONE ? VAL_NULL : VAL_INT, .number = v }; }
Val val_day(Day d)       { return (Val){ .kind = d == DAY_NONE ? VAL_NULL : VAL_INT, .number = d }; }
Val val_real(double v)   { return (Val){ .kind = VAL_REAL, .real = v }; }
Val val_text(Str s)      { return (Val){ .kind = s.s ? VAL_TEXT : VAL_NULL, .text = s }; }
Val val_blob(Str bytes)  { return (Val){ .kind = bytes.s ? VAL_BLOB : VAL_NULL, .text = bytes }; }
Val val_ids(const int64_t *ids, ptrdiff_t n) { return (Val){ .kind = VAL_IDS, .ids = ids, .count = n }; }
Val val_texts(const Str *texts, ptrdiff_t n) { return (Val){ .kind = VAL_TEXTS, .texts = texts, .count = n }; }

/* Both JSON and an array literal put a text into double quotes and a backslash before a quote or a backslash; JSON also
 * refuses bare control characters. */
void list_quoted(Buf *b, DbEngine engine, Str s)
{
    buf_char(b, '"');
    for (ptrdiff_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (c < ' ' && engine == DB_SQLITE) {
            buf_fmt(b, "\\u%04x", c);
            continue;
        }
        if (c == '"' || c == '\\') buf_char(b, '\\');
        buf_char(b, (char)c);
    }
    buf_char(b, '"');
}

Str list_text(Arena *mem, DbEngine engine, const Val *list)
{
    bool json = engine == DB_SQLITE;
    Buf  b    = buf_new(mem, list->count * 12 + 16);
    buf_char(&b, json ? '[' : '{');
    for (ptrdiff_t i = 0; i < list->count; i++) {
        if (i) buf_char(&b, ',');
        if (list->kind == VAL_IDS) buf_i64(&b, list->ids[i]);
        else list_quoted(&b, engine, list->texts[i]);
    }
    buf_char(&b, json ? ']' : '}');
    buf_char(&b, 0);
    return str_upto(buf_str(&b), b.len - 1);
}
