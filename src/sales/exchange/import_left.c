/* What taking an import back left as it is: each kept among its problems as one text of three parts, and told with both values. */
#include "sales/exchange/import_inside.h"
#include "sales/exchange/import_sql.h"

enum { LEFT_SHOWN = 500, PART = 60 };

Str import_left_text(Arena *mem, Str title, Str ours, Str theirs)
{
    const Str part[] = { str_short(title, PART), str_short(ours, PART), str_short(theirs, PART) };
    return str_fmt(mem, "%.*s\x1f%.*s\x1f%.*s", (int)part[0].n, part[0].s, (int)part[1].n, part[1].s, (int)part[2].n, part[2].s);
}

static void put_text(JsonOut *j, const char *key, Str text)
{
    js_key(j, key);
    js_str(j, text);
}

static void put_left(Request *r, const Rows *rows)
{
    JsonOut *j     = &r->out;
    Str      place = row_null(rows, 1) ? S("") : row_text(rows, 1), text = row_text(rows, 3), field = place;
    js_object(j);
    js_key(j, "record");
    js_i64(j, row_int(rows, 0));
    put_text(j, "entity", str_cut(&field, '.'));
    put_text(j, "field", field);
    put_text(j, "title", str_cut(&text, '\x1f'));
    put_text(j, "ours", str_cut(&text, '\x1f'));
    put_text(j, "theirs", text);
    put_text(j, "text", import_said(r->w->mem, import_voice(r->w), row_text(rows, 2), S("")));
    js_end(j);
}

Err import_left_put(Request *r)
{
    Rows rows;
    js_key(&r->out, "left");
    js_array(&r->out);
    TRY(db_query(r->w->db, SQL_IMPORT_LEFT, VALS(val_int(r->id), val_int(IMPORT_LEFT_PLACE), val_int(LEFT_SHOWN)), &rows));
    while (rows_next(&rows)) put_left(r, &rows);
    js_end(&r->out);
    return rows_end(&rows);
}
