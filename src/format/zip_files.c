/* The files that people put into a zip. */
#include "format/zip_files.h"
#include "core/utf8.h"
#include "format/charset.h"

static Str path_of(const Zipped *z, int64_t part)
{
    return str_of(zip_get_name(z->zip, (zip_uint64_t)part, ZIP_FL_ENC_RAW));
}

static Str last_of_path(Str path)
{
    for (ptrdiff_t i = path.n; i > 0; i--)
        if (path.s[i - 1] == '/' || path.s[i - 1] == '\\') return str_from(path, i);
    return path;
}

Str zip_file_name(Arena *mem, const Zipped *z, int64_t part)
{
    Str path = path_of(z, part);
    Buf utf8 = buf_new(mem, 3 * path.n + 8);
    if (utf8_first_bad(path) < 0) return str_copy(mem, last_of_path(path));
    text_to_utf8(ENC_CP866, path, &utf8);
    return last_of_path(buf_str(&utf8));
}

bool zip_is_file(const Zipped *z, int64_t part)
{
    zip_stat_t stat;
    if (zip_stat_index(z->zip, (zip_uint64_t)part, 0, &stat) != 0 || stat.size == 0) return false;
    Str path = path_of(z, part), name = last_of_path(path);
    return name.n && name.s[0] != '.' && !str_starts(path, S("__MACOSX")) && !str_eq(name, S("Thumbs.db")) &&
           !str_eq(name, S("desktop.ini"));
}

Err zip_file_refused(const Zipped *z, Str name)
{
    bool locked = zip_error_code_zip(zip_get_error(z->zip)) == ZIP_ER_NOPASSWD;
    return PROBLEM(z->problems, INVALID, NULL, locked ? "file.archive_locked" : "file.archive_broken",
                   arg_text("part", name));
}
