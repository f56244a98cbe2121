/* The form of a table as JSON, and whether a file can have it. */
#include "format/csv.h"
#include "format/xlsx.h"

const char *form_misfit(const TableForm *f, Str file)
{
    bool book = f->kind == FILE_XLSX;
    if (!book && f->kind != FILE_CSV) return "kind";
    if (f->encoding < ENC_UTF8 || f->encoding > ENC_CP866) return "encoding";
    if (f->begins < 0 || f->begins > (book ? XLSX_ROWS_MAX : file.n)) return "begins";
    if (f->sheet < 0) return "sheet";
    if (f->columns < 1 || f->columns > (book ? XLSX_COLUMNS_MAX : CSV_COLUMNS_MAX)) return "columns";
    if (!book && !f->delimiter) return "delimiter";
    return NULL;
}

static const char *const kind_names[]     = { "csv", "xlsx", NULL };
static const char *const encoding_keys[]  = { "utf-8", "utf-16le", "utf-16be", "cp1251", "koi8-r", "cp1252", "cp866", NULL };
static const char *const day_order_keys[] = { "ymd", "dmy", "mdy", "serial", NULL };

static int place_of(Str text, const char *const *keys)
{
    for (int i = 0; keys[i]; i++)
        if (str_eq(text, str_of(keys[i]))) return i;
    return -1;
}

void form_json(JsonOut *j, const TableForm *f, const Str *sheets, int sheet_count)
{
    js_object(j);
    js_key(j, "kind");
    js_c(j, kind_names[f->kind]);
    js_key(j, "encoding");
    js_c(j, encoding_keys[f->encoding]);
    js_key(j, "delimiter");
    js_str(j, (Str){ &f->delimiter, f->delimiter ? 1 : 0 });
    js_key(j, "quotes");
    js_bool(j, f->quotes);
    js_key(j, "header");
    js_bool(j, f->header);
    js_key(j, "begins");
    js_i64(j, f->begins);
    js_key(j, "sheet");
    js_i64(j, f->sheet);
    js_key(j, "columns");
    js_i64(j, f->columns);
    js_key(j, "day");
    js_c(j, day_order_keys[f->day]);
    js_key(j, "number");
    js_object(j);
    js_key(j, "decimal");
    js_str(j, (Str){ &f->number.decimal, 1 });
    js_key(j, "group");
    js_str(j, (Str){ &f->number.group, f->number.group ? 1 : 0 });
    js_end(j);
    if (sheets) {
        js_key(j, "sheets");
        js_array(j);
        for (int i = 0; i < sheet_count; i++) js_str(j, sheets[i]);
        js_end(j);
    }
    js_end(j);
}

static Err bad_form(Problems *problems, const char *field)
{
    return PROBLEM(problems, INVALID, field, "import.bad_form");
}

static char one_of(Str text, const char *allowed)
{
    for (; *allowed; allowed++)
        if (text.n == 1 && *text.s == *allowed) return *allowed;
    return 0;
}

Err form_read(const Json *json, TableForm *out, Problems *problems)
{
    Str     kind = { 0 }, encoding = { 0 }, delimiter = { 0 }, day = { 0 }, decimal = { 0 }, group = { 0 };
    int64_t begins = 0, sheet = 0, columns = 0;
    json_get_text(json, "kind", &kind);
    json_get_text(json, "encoding", &encoding);
    json_get_text(json, "delimiter", &delimiter);
    json_get_text(json, "day", &day);
    json_get_text(json_get(json, "number"), "decimal", &decimal);
    json_get_text(json_get(json, "number"), "group", &group);
    json_get_i64(json, "begins", &begins);
    json_get_i64(json, "sheet", &sheet);
    json_get_i64(json, "columns", &columns);
    int kind_at = place_of(kind, kind_names), encoding_at = place_of(encoding, encoding_keys), day_at = place_of(day, day_order_keys);
    if (kind_at < 0) return bad_form(problems, "kind");
    if (encoding_at < 0) return bad_form(problems, "encoding");
    if (day_at < 0) return bad_form(problems, "day");
    if (begins < 0) return bad_form(problems, "begins");
    if (sheet < 0 || sheet > 10000) return bad_form(problems, "sheet");
    if (columns < 1 || columns > XLSX_COLUMNS_MAX) return bad_form(problems, "columns");
    *out = (TableForm){ .kind = (FileKind)kind_at, .encoding = (Encoding)encoding_at, .begins = begins, .sheet = (int)sheet,
                        .columns = (int)columns, .day = (DayOrder)day_at };
    out->delimiter      = one_of(delimiter, ",;\t| ");
    out->number.decimal = one_of(decimal, ".,");
    out->number.group   = one_of(group, " .,'");
    json_get_bool(json, "quotes", &out->quotes);
    json_get_bool(json, "header", &out->header);
    if (out->kind == FILE_CSV && !out->delimiter) return bad_form(problems, "delimiter");
    if (!out->number.decimal || out->number.decimal == out->number.group) return bad_form(problems, "decimal");
    return OK;
}
