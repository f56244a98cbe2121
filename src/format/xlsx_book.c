/* What the book says about its sheets, its styles and its strings. */
#include "core/map.h"
#include "core/utf8.h"
#include "format/mapped.h"
#include "format/xlsx_parts.h"

#include <string.h>
#include <unistd.h>

enum { STYLES_MAX = 1 << 16, STRINGS_IN_MEMORY = 16 << 20, STRING_MAX = 1 << 20 };

/* ---- relations: id -> target of the parts a part refers to ---- */

typedef struct {
    Arena *mem;
    Str    type;      /* how the wanted type ends */
    Str    folder;    /* of the part that refers  */
    Map   *target;    /* relation id -> place in paths */
    Str   *paths;
    int    count;
    Str    any;       /* the first one            */
} Relations;

/* Targets are relative to the folder of the part that refers, or begin with a slash. */
static Str target_path(Arena *mem, Str folder, Str target)
{
    if (str_starts(target, S("/"))) return str_copy(mem, str_from(target, 1));
    while (str_starts(target, S("../"))) {
        target = str_from(target, 3);
        while (folder.n && folder.s[--folder.n] != '/') continue;
    }
    if (str_starts(target, S("./"))) target = str_from(target, 2);
    return str_fmt(mem, "%.*s%s%.*s", (int)folder.n, folder.s, folder.n ? "/" : "", (int)target.n, target.s);
}

static void relation_start(void *user, Str name, const char **attrs)
{
    Relations *r = user;
    if (!str_eq(name, S("Relationship")) || !str_ends(attr_of(attrs, "Type"), r->type) || r->count == SHEETS_MAX)
        return;
    Str path = target_path(r->mem, r->folder, attr_of(attrs, "Target"));
    if (r->count == 0) r->any = path;
    r->paths[r->count]                                              = path;
    *map_at(&r->target, str_copy(r->mem, attr_of(attrs, "Id")), r->mem) = ++r->count;
}

static Err relations_read(Xlsx *x, const char *part, Relations *r)
{
    r->mem   = x->mem;
    r->paths = NEW_N(x->mem, Str, SHEETS_MAX);
    return part_run(&(Part){ .start = relation_start, .user = r }, &x->zip, part);
}

/* ---- workbook.xml: names of sheets and the date system ---- */

static void workbook_start(void *user, Str name, const char **attrs)
{
    Xlsx *x = user;
    if (str_eq(name, S("workbookPr"))) {
        Str system   = attr_of(attrs, "date1904");
        x->from_1904 = str_eq(system, S("1")) || str_eq(system, S("true"));
    }
    if (!str_eq(name, S("sheet"))) return;
    x->sheets_told++;
    if (x->sheets == SHEETS_MAX) return;
    Str state = attr_of(attrs, "state");
    x->sheet[x->sheets++] = (Sheet){ .name = str_copy(x->mem, attr_of(attrs, "name")),
                                     .rel = str_c(x->mem, attr_of(attrs, "id")),
                                     .hidden = str_eq(state, S("hidden")) || str_eq(state, S("veryHidden")) };
}

static Str folder_of(Str path)
{
    while (path.n && path.s[path.n - 1] != '/') path.n--;
    return str_upto(path, path.n ? path.n - 1 : 0);
}

/* Sheets of charts and macros have other relations and fall out. */
static void sheets_keep_tables(Xlsx *x, Relations *r)
{
    int kept = 0;
    for (int i = 0; i < x->sheets; i++) {
        int64_t *at = map_at(&r->target, str_of(x->sheet[i].rel), NULL);
        if (!at) continue;
        x->sheet[kept]        = x->sheet[i];
        x->sheet[kept++].path = r->paths[*at - 1];
    }
    x->sheets = kept;
}

/* ---- styles.xml ---- */

typedef struct {
    Xlsx *x;
    Buf   kinds, looks, bold;
    Map  *custom; /* id of a number format -> StyleKind + 1 */
    bool  in_cell_formats, in_fonts;
} Styles;

StyleKind style_of_id(int64_t id)
{
    bool date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    return date ? STYLE_DATE : STYLE_PLAIN;
}

/* Where the quoted, bracketed or escaped passage at `at` ends; `at` itself when there is none. */
static ptrdiff_t passage_end(Str code, ptrdiff_t at)
{
    char c = code.s[at], close = c == '"' ? '"' : c == '[' ? ']' : 0;
    if (c == '\\' || c == '_' || c == '*') return at + 2;
    if (!close) return at;
    ptrdiff_t length = str_find(str_from(code, at + 1), (Str){ &close, 1 });
    return length < 0 ? code.n : at + length + 2;
}

/* [h], [mm] or [ss]: hours, minutes or seconds that have gone by. */
static bool is_elapsed(Str passage)
{
    char c = passage.n > 2 && *passage.s == '[' ? (char)(passage.s[1] | 32) : 0;
    return (c == 'h' || c == 'm' || c == 's') && (passage.n == 3 || (passage.s[2] | 32) == c);
}

/* A year or a day says date; a month does too when no hour or second makes it a minute. */
StyleKind style_of_code(Str code)
{
    bool month = false, clock = false;
    for (ptrdiff_t at = 0; at < code.n && code.s[at] != ';';) {
        ptrdiff_t behind = passage_end(code, at);
        if (behind > at) {
            clock |= is_elapsed(str_upto(str_from(code, at), behind - at));
            at = behind;
            continue;
        }
        char c = (char)(code.s[at++] | 32);
        if (c == 'y' || c == 'd') return STYLE_DATE;
        month |= c == 'm';
        clock |= c == 'h' || c == 's';
    }
    return month && !clock ? STYLE_DATE : STYLE_PLAIN;
}

static void format_add(Styles *s, const char **attrs)
{
    StyleKind kind = style_of_code(attr_of(attrs, "formatCode"));
    Str       id   = str_copy(s->x->mem, attr_of(attrs, "numFmtId"));
    *map_at(&s->custom, id, s->x->mem) = kind + 1;
}

static void style_add(Styles *s, const char **attrs)
{
    Str      id     = attr_of(attrs, "numFmtId");
    int64_t *custom = map_at(&s->custom, id, NULL), number = 0;
    bool     known  = custom && *custom;
    str_i64(id, &number);
    if (s->kinds.len >= STYLES_MAX) return;
    int64_t font = -1;
    str_i64(attr_of(attrs, "fontId"), &font);
    CellLook look = { .bold = font >= 0 && font < s->bold.len && s->bold.data[font] };
    buf_char(&s->kinds, (char)(known ? *custom - 1 : style_of_id(number)));
    buf_put(&s->looks, (Str){ (const char *)&look, sizeof look });
}

/* Of the format that was added last. */
static void alignment_add(Styles *s, const char **attrs)
{
    int64_t  indent = 0;
    CellLook look;
    char    *last = s->looks.data + s->looks.len - sizeof look;
    str_i64(attr_of(attrs, "indent"), &indent);
    if (s->looks.len == 0 || indent < 1 || indent > 250) return;
    memcpy(&look, last, sizeof look);
    look.indent = (uint8_t)indent;
    memcpy(last, &look, sizeof look);
}

/* <b/> is bold, <b val="0"/> is not. */
static void bold_add(Styles *s, const char **attrs)
{
    Str value = attr_of(attrs, "val");
    if (s->bold.len) s->bold.data[s->bold.len - 1] = !str_eq(value, S("0")) && !str_eq(value, S("false"));
}

static void styles_start(void *user, Str name, const char **attrs)
{
    Styles *s = user;
    if (str_eq(name, S("numFmt"))) format_add(s, attrs);
    else if (str_eq(name, S("cellXfs"))) s->in_cell_formats = true;
    else if (s->in_cell_formats && str_eq(name, S("xf"))) style_add(s, attrs);
    else if (s->in_cell_formats && str_eq(name, S("alignment"))) alignment_add(s, attrs);
    else if (str_eq(name, S("fonts"))) s->in_fonts = true;
    else if (s->in_fonts && str_eq(name, S("font")) && s->bold.len < STYLES_MAX) buf_char(&s->bold, 0);
    else if (s->in_fonts && str_eq(name, S("b"))) bold_add(s, attrs);
}

static void styles_end(void *user, Str name)
{
    Styles *s = user;
    if (str_eq(name, S("cellXfs"))) s->in_cell_formats = false;
    if (str_eq(name, S("fonts"))) s->in_fonts = false;
}

static Err styles_read(Xlsx *x, Str path)
{
    Styles s = { .x = x,
                 .kinds = buf_new(x->mem, 256),
                 .looks = buf_new(x->mem, 512),
                 .bold = buf_new(x->mem, 64) };
    Part   part = { .start = styles_start, .end = styles_end, .user = &s };
    Err    err  = path.n ? part_run(&part, &x->zip, str_c(x->mem, path)) : NOT_FOUND;
    x->styles = buf_str(&s.kinds);
    x->looks  = buf_str(&s.looks);
    return err == NOT_FOUND ? OK : err;
}

/* ---- the book ---- */

static Err part_missing(Xlsx *x, const char *name)
{
    return PROBLEM(x->problems, INVALID, NULL, "file.broken_xlsx", arg_text("part", str_of(name)));
}

static char *relations_name(Arena *mem, Str path)
{
    Str folder = folder_of(path);
    return str_c(mem, str_fmt(mem, "%.*s%s_rels/%s.rels", (int)folder.n, folder.s, folder.n ? "/" : "",
                              str_c(mem, str_from(path, folder.n ? folder.n + 1 : 0))));
}

/* The first part of this type that the book refers to. */
static Err part_of_book(Xlsx *x, const char *rels, Str folder, Str type, Relations *r)
{
    *r      = (Relations){ .type = type, .folder = folder };
    Err err = relations_read(x, rels, r);
    return err == NOT_FOUND ? part_missing(x, rels) : err;
}

static Err book_path(Xlsx *x, Str *out)
{
    Relations top = { .type = S("/officeDocument") };
    Err       err = relations_read(x, "_rels/.rels", &top);
    *out          = top.any.n ? top.any : S("xl/workbook.xml");
    return err == NOT_FOUND ? OK : err;
}

Err book_read(Xlsx *x)
{
    Str       book;
    Relations sheets, styles, strings;
    TRY(book_path(x, &book));
    x->sheet   = NEW_N(x->mem, Sheet, SHEETS_MAX);
    char *name = str_c(x->mem, book), *rels = relations_name(x->mem, book);
    Err   err  = part_run(&(Part){ .start = workbook_start, .user = x }, &x->zip, name);
    if (err != OK) return err == NOT_FOUND ? part_missing(x, name) : err;
    if (x->sheets_told > SHEETS_MAX) return sheets_too_many(x->problems, x->sheets_told);
    TRY(part_of_book(x, rels, folder_of(book), S("/worksheet"), &sheets));
    TRY(part_of_book(x, rels, folder_of(book), S("/styles"), &styles));
    TRY(part_of_book(x, rels, folder_of(book), S("/sharedStrings"), &strings));
    sheets_keep_tables(x, &sheets);
    x->strings_path = strings.any;
    return x->sheets ? styles_read(x, styles.any) : PROBLEM(x->problems, INVALID, NULL, "file.no_sheet");
}

/* ---- shared strings ---- */

typedef struct {
    Part    part;
    Buf     bytes, ends;
    int     bytes_fd, ends_fd;
    int64_t total, count, begin; /* bytes so far; texts so far; where the current one began */
    int     skip;                /* depth inside a phonetic hint */
    bool    in_text;
} StringReader;

static void string_start(void *user, Str name, const char **attrs)
{
    StringReader *r = user;
    (void)attrs;
    if (str_eq(name, S("rPh"))) r->skip++;
    r->in_text = str_eq(name, S("t")) && !r->skip;
}

static void string_text(void *user, Str text)
{
    StringReader *r = user;
    if (!r->in_text) return;
    buf_put(&r->bytes, text);
    r->total += text.n;
    if (r->total - r->begin > STRING_MAX) part_refuse(&r->part, "file.long_cell");
}

static void string_end(void *user, Str name)
{
    StringReader *r = user;
    r->in_text      = false;
    if (str_eq(name, S("rPh"))) r->skip--;
    if (!str_eq(name, S("si"))) return;
    buf_put(&r->ends, (Str){ (const char *)&r->total, sizeof r->total });
    r->begin = r->total;
    r->count++;
}

static void strings_to_files(StringReader *r, Arena *mem)
{
    r->bytes_fd = temporary_open();
    r->ends_fd  = temporary_open();
    r->bytes    = buf_sink(mem, 1 << 18, temporary_write, &r->bytes_fd);
    r->ends     = buf_sink(mem, 1 << 16, temporary_write, &r->ends_fd);
}

static Err strings_map(Xlsx *x, StringReader *r)
{
    Strings *s     = &x->strings;
    bool     bytes = buf_flush(&r->bytes), ends = buf_flush(&r->ends);
    bool     whole = bytes && ends && mapped_of(r->bytes_fd, &s->bytes) == OK && mapped_of(r->ends_fd, &s->ends) == OK;
    s->mapped      = true;
    if (r->bytes_fd >= 0) close(r->bytes_fd);
    if (r->ends_fd >= 0) close(r->ends_fd);
    return whole ? OK : PROBLEM(x->problems, BROKEN, NULL, "file.no_temporary");
}

static Err strings_run(Xlsx *x, StringReader *r, const char *path)
{
    bool big = false, more;
    r->part  = (Part){ .start = string_start, .end = string_end, .text = string_text, .user = r };
    Err err  = part_open(&r->part, &x->zip, path);
    if (err != OK) return err == NOT_FOUND ? OK : err;
    big      = r->part.size > STRINGS_IN_MEMORY;
    r->bytes = buf_new(x->mem, big ? 1 : 4096);
    r->ends  = buf_new(x->mem, big ? 1 : 4096);
    if (big) strings_to_files(r, x->mem);
    err = part_read(&r->part, &more);
    part_close(&r->part);
    Err mapped = big ? strings_map(x, r) : OK;
    if (err == TOO_LARGE) memory_over();
    if (big) return err == OK ? mapped : err;
    x->strings.bytes = buf_str(&r->bytes);
    x->strings.ends  = buf_str(&r->ends);
    return err;
}

Err strings_read(Xlsx *x)
{
    if (x->strings_path.n == 0) return OK;
    StringReader r = { 0 };
    Err err          = strings_run(x, &r, str_c(x->mem, x->strings_path));
    x->strings.count = r.count;
    x->strings_path  = S("");
    return err;
}

void strings_drop(Strings *s)
{
    if (s->mapped) mapped_close(s->bytes);
    if (s->mapped) mapped_close(s->ends);
    *s = (Strings){ 0 };
}

static int64_t end_at(const Strings *s, int64_t index)
{
    int64_t end = 0;
    if (index >= 0) memcpy(&end, s->ends.s + index * (int64_t)sizeof end, sizeof end);
    return end;
}

Str string_at(const Strings *s, int64_t index)
{
    if (index < 0 || index >= s->count) return S("");
    int64_t begin = end_at(s, index - 1);
    return (Str){ s->bytes.s + begin, (ptrdiff_t)(end_at(s, index) - begin) };
}
