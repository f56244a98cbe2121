/* What a file is, by its first bytes. */
#include "format/kind.h"

#include <string.h>

/* The signatures of formats that are no tables of rows; `at` bytes before it. */
static const struct {
    Str         head;
    int         at;
    const char *key;
} signatures[] = {
    { S("%PDF"), 0, "file.is_pdf" },
    { S("\x89PNG\r\n"), 0, "file.is_image" },
    { S("\xFF\xD8\xFF"), 0, "file.is_image" },
    { S("GIF8"), 0, "file.is_image" },
    { S("WEBP"), 8, "file.is_image" },
    { S("II*\0"), 0, "file.is_image" },
    { S("MM\0*"), 0, "file.is_image" },
    { S("ftypheic"), 4, "file.is_image" },
    { S("\x1F\x8B"), 0, "file.is_archive" },
    { S("Rar!\x1A\x07"), 0, "file.is_archive" },
    { S("7z\xBC\xAF\x27\x1C"), 0, "file.is_archive" },
    { S("\xFD" "7zXZ"), 0, "file.is_archive" },
    { S("BZh"), 0, "file.is_archive" },
    { S("\x28\xB5\x2F\xFD"), 0, "file.is_archive" },
    { S("PK\5\6"), 0, "file.is_archive" },
    { S("SQLite format 3"), 0, "file.is_database" },
    { S("1CDBMSV8"), 0, "file.is_database" },
    { S("{\\rtf"), 0, "file.is_document" },
    { S("\x7F" "ELF"), 0, "file.is_program" },
    { S("MZ\x90\0"), 0, "file.is_program" },
};

/* How text that is no table begins, behind a mark and blanks, lower case. */
static const struct {
    Str         head;
    const char *key;
} beginnings[] = {
    { S("<!doctype html"), "file.is_html" },
    { S("<html"), "file.is_html" },
    { S("<table"), "file.is_html" },
    { S("<meta"), "file.is_html" },
    { S("<head"), "file.is_html" },
    { S("<style"), "file.is_html" },
    { S("<?xml"), "file.is_xml" },
    { S("<workbook"), "file.is_xml" },
    { S("{\""), "file.is_json" },
    { S("[{"), "file.is_json" },
};

static bool stands_at(Str file, ptrdiff_t at, Str part)
{
    return file.n > at && str_starts(str_from(file, at), part);
}

static const char *key_by_signature(Str file)
{
    for (ptrdiff_t i = 0; i < COUNT(signatures); i++)
        if (stands_at(file, signatures[i].at, signatures[i].head)) return signatures[i].key;
    return NULL;
}

static const char *key_by_beginning(Str file)
{
    char head[16];
    if (str_starts(file, S("\xEF\xBB\xBF"))) file = str_from(file, 3);
    Str text = str_upto(str_trim(str_upto(file, 4096)), COUNT(head));
    for (ptrdiff_t i = 0; i < text.n; i++) head[i] = (char)(text.s[i] >= 'A' && text.s[i] <= 'Z' ? text.s[i] + 32 : text.s[i]);
    for (ptrdiff_t i = 0; i < COUNT(beginnings); i++)
        if (str_starts((Str){ head, text.n }, beginnings[i].head)) return beginnings[i].key;
    return NULL;
}

/* Compound files of the old Office: a workbook, a document, or a new workbook behind a password (its streams have UTF-16 names). */
static const char *key_of_compound(Str file)
{
    Str start = str_upto(file, 1 << 20);
    if (str_find(start, S("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e")) >= 0) return "file.is_encrypted";
    if (str_find(start, S("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t")) >= 0) return "file.is_document";
    return "file.is_xls";
}

/* The directory of a zip stands at its end; the names of its parts stand there without packing. */
static Str zip_directory(Str file)
{
    ptrdiff_t last = file.n > 65557 ? file.n - 65557 : 0;
    for (ptrdiff_t at = file.n - 22; at >= last; at--) {
        const unsigned char *p = (const unsigned char *)file.s + at;
        if (memcmp(p, "PK\5\6", 4) != 0) continue;
        ptrdiff_t size = (ptrdiff_t)((uint32_t)p[12] | (uint32_t)p[13] << 8 | (uint32_t)p[14] << 16 | (uint32_t)p[15] << 24);
        return size <= at ? (Str){ file.s + at - size, size } : (Str){ file.s, at };
    }
    return S("");
}

static Err zip_kind(Str file, FileKind *out, Problems *problems)
{
    Str directory = zip_directory(file);
    if (directory.n == 0) return PROBLEM(problems, INVALID, NULL, "file.cut", arg_count("byte", file.n));
    if (str_find(directory, S("xl/workbook.bin")) >= 0) return PROBLEM(problems, INVALID, NULL, "file.is_xlsb");
    if (str_find(directory, S("[Content_Types].xml")) >= 0) {
        if (str_find(directory, S("word/document")) >= 0 || str_find(directory, S("ppt/")) >= 0) return PROBLEM(problems, INVALID, NULL, "file.is_document");
        *out = FILE_XLSX;
        return OK;
    }
    if (str_find(str_upto(file, 200), S("opendocument.spreadsheet")) >= 0) return PROBLEM(problems, INVALID, NULL, "file.is_ods");
    if (str_find(str_upto(file, 200), S("opendocument.")) >= 0) return PROBLEM(problems, INVALID, NULL, "file.is_document");
    return PROBLEM(problems, INVALID, NULL, "file.is_archive");
}

static bool is_blank(Str file)
{
    if (str_starts(file, S("\xFF\xFE")) || str_starts(file, S("\xFE\xFF"))) return file.n == 2;
    return str_trim(str_upto(file, 1 << 20)).n == 0;
}

Err file_kind(Str file, FileKind *out, Problems *problems)
{
    if (is_blank(file)) return PROBLEM(problems, INVALID, NULL, "file.empty");
    if (str_starts(file, S("PK\3\4"))) return zip_kind(file, out, problems);
    const char *key = key_by_signature(file);
    if (!key && str_starts(file, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) key = key_of_compound(file);
    if (!key) key = key_by_beginning(file);
    if (key) return PROBLEM(problems, INVALID, NULL, key);
    *out = FILE_CSV;
    return OK;
}
