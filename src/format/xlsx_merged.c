/* Which cells of a sheet are merged.  It says so behind its rows, so all of them are unpacked, but not parsed: what
 * looks like a tag there is looked at by its bytes.  In XML no text holds a `<`. */
#include "format/xlsx_parts.h"

#include <string.h>

enum { BLOCK = 1 << 16, KEPT = 64, TAG_MAX = 200 };

typedef struct {
    Xlsx     *x;
    bool      behind;        /* the rows have ended */
    bool      in_tag, full;
    char      tag[TAG_MAX];
    ptrdiff_t n;
} Tail;

/* C5: true with row from 1 and column from 0. */
static bool place_of(Str ref, int64_t *row, int64_t *column)
{
    ptrdiff_t i = 0;
    *column     = 0;
    for (; i < ref.n && i < 4; i++) {
        char c = (char)(ref.s[i] | 32);
        if (c < 'a' || c > 'z') break;
        *column = *column * 26 + (c - 'a' + 1);
    }
    *column -= 1;
    return i && str_i64(str_from(ref, i), row);
}

static bool area_add(Xlsx *x, Str ref)
{
    int64_t first, last, column, last_column;
    Str     to = ref, from = str_cut(&to, ':');
    if (!place_of(from, &first, &column) || !place_of(to, &last, &last_column)) return true;
    return merged_add(&x->merged, first, last, column, last_column);
}

/* `mergeCell ref="A1:B3"`, with a prefix or without. */
static bool tag_ends(Tail *t)
{
    Str       tag = { t->tag, t->n }, name = str_cut(&tag, ' ');
    ptrdiff_t at  = str_find(tag, S("ref="));
    if (t->full || at < 0 || !str_ends(name, S("mergeCell"))) return true;
    Str value = str_from(tag, at + 4);
    if (value.n < 2) return true;
    char quote = *value.s;
    value      = str_from(value, 1);
    return area_add(t->x, str_cut(&value, quote));
}

static bool tail_bytes(Tail *t, Str bytes)
{
    for (ptrdiff_t i = 0; i < bytes.n; i++) {
        char c = bytes.s[i];
        if (c == '<') {
            t->in_tag = true;
            t->full   = false;
            t->n      = 0;
        } else if (t->in_tag && c == '>') {
            t->in_tag = false;
            if (!tag_ends(t)) return false;
        } else if (t->in_tag) {
            t->full |= t->n == TAG_MAX;
            if (!t->full) t->tag[t->n++] = c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
        }
    }
    return true;
}

/* `</sheetData>`, with a prefix or without; -1: it is not there. */
static ptrdiff_t rows_end(Str bytes)
{
    static const char end[] = "sheetData>";
    const char       *at    = bytes.s;
    while ((at = memmem(at, (size_t)(bytes.s + bytes.n - at), end, sizeof end - 1)) != NULL) {
        const char *from = at;
        while (from > bytes.s && from[-1] != '/' && from[-1] != '<') from--;
        if (from > bytes.s && from[-1] == '/') return at - bytes.s;
        at++;
    }
    return -1;
}

/* Up to the end of the rows blocks are only looked through for it; it may be cut by the end of one. */
static bool block_bytes(Tail *t, char *block, ptrdiff_t *kept, ptrdiff_t n)
{
    Str       all = { block, *kept + n };
    ptrdiff_t at  = t->behind ? 0 : rows_end(all);
    if (at >= 0) {
        t->behind = true;
        *kept     = 0;
        return tail_bytes(t, str_from(all, at));
    }
    *kept = all.n < KEPT ? all.n : KEPT;
    memmove(block, block + all.n - *kept, (size_t)*kept);
    return true;
}

Err merged_read(Xlsx *x, const char *part)
{
    Tail        t    = { .x = x };
    char        block[KEPT + BLOCK];
    ptrdiff_t   kept = 0;
    int64_t     at   = zipped_find(&x->zip, part);
    zip_file_t *from = at < 0 ? NULL : zip_fopen_index(x->zip.zip, (zip_uint64_t)at, 0);
    zip_int64_t n    = 0;
    Err         err  = OK;
    while (from && err == OK && (n = zip_fread(from, block + kept, BLOCK)) > 0) {
        err = zipped_wanted(&x->zip, str_of(part), n);
        if (err == OK && !block_bytes(&t, block, &kept, n))
            err = PROBLEM(x->problems, INVALID, NULL, "file.too_many_merged", arg_text("part", str_of(part)));
    }
    if (from) zip_fclose(from);
    return err;
}
