/* A zip that is opened without being believed. */
#include "format/zipped.h"
#include "core/bounds.h"
#include "core/pulse.h"
#include "format/sheets.h"

#include <string.h>
#include <strings.h>

static Err bomb(const Zipped *z, Str part, int64_t bytes)
{
    return PROBLEM(z->problems, INVALID, NULL, "file.bomb", arg_count("megabytes", bytes >> 20),
                   arg_text("part", part));
}

/* The directory tells sizes before anything is unpacked; what really comes out is counted in zipped_wanted. */
static Err limits_hold(const Zipped *z)
{
    zip_int64_t parts = zip_get_num_entries(z->zip, 0);
    int64_t     bytes = 0, largest = -1, may = sheets_unfold(z->packed);
    Str         where = S("");
    if (parts > ZIPPED_PARTS_MAX)
        return PROBLEM(z->problems, INVALID, NULL, "file.too_many_parts", arg_count("parts", parts));
    for (zip_int64_t i = 0; i < parts; i++) {
        zip_stat_t stat;
        if (zip_stat_index(z->zip, (zip_uint64_t)i, 0, &stat) != 0) continue;
        int64_t size = stat.size > (zip_uint64_t)BOUND_UNFOLDED ? BOUND_UNFOLDED + 1 : (int64_t)stat.size;
        bytes += size;
        if (size > largest) largest = size, where = str_of(stat.name);
    }
    return bytes > may ? bomb(z, where, bytes) : OK;
}

/* The end record counts the parts; libzip would make room for all of them before anybody can ask. */
static bool counts_too_many(Str file)
{
    ptrdiff_t last = file.n > 65557 ? file.n - 65557 : 0;
    for (ptrdiff_t at = file.n - 22; at >= last; at--)
        if (memcmp(file.s + at, "PK\5\6", 4) == 0)
            return ((unsigned char)file.s[at + 10] | (unsigned char)file.s[at + 11] << 8) > ZIPPED_PARTS_MAX;
    return false;
}

Err zipped_open(Zipped *z, Str file, Problems *problems)
{
    zip_error_t error;
    *z = (Zipped){ .problems = problems, .packed = file.n };
    if (counts_too_many(file))
        return PROBLEM(problems, INVALID, NULL, "file.too_many_parts", arg_count("parts", ZIPPED_PARTS_MAX));
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(file.s, (zip_uint64_t)file.n, 0, &error);
    z->zip               = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (source && !z->zip) zip_source_free(source);
    zip_error_fini(&error);
    return z->zip ? limits_hold(z) : PROBLEM(problems, INVALID, NULL, "file.cut", arg_count("byte", file.n));
}

void zipped_close(Zipped *z)
{
    if (z->zip) zip_discard(z->zip);
    z->zip = NULL;
}

static bool is_same_path(const char *a, const char *b)
{
    for (; *a && (*a == '\\' ? '/' : *a | 32) == (*b == '/' ? '/' : *b | 32); a++, b++) continue;
    return *a == 0 && *b == 0;
}

int64_t zipped_find(const Zipped *z, const char *name)
{
    zip_int64_t at = zip_name_locate(z->zip, name, ZIP_FL_NOCASE);
    for (zip_int64_t i = 0; at < 0 && i < zip_get_num_entries(z->zip, 0); i++) {
        const char *other = zip_get_name(z->zip, (zip_uint64_t)i, 0);
        if (other && strchr(other, '\\') && is_same_path(other, name)) return i;
    }
    return at;
}

/* Sheets may share a part, and a sheet is looked at before it is read: nobody reads the same again and again. */
Err zipped_wanted(Zipped *z, Str part, int64_t n)
{
    z->unfolded += n;
    return z->unfolded > 2 * sheets_unfold(z->packed) ? bomb(z, part, z->unfolded) : pulse(z->problems);
}
