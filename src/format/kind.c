/* What a file is, by its first bytes. */
#include "format/kind.h"
#include "format/bytes.h"
#include "format/cfb.h"
#include "format/dbf.h"

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
    { S("ustar"), 257, "file.is_archive" },
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
    for (ptrdiff_t i = 0; i < text.n; i++)
        head[i] = (char)(text.s[i] >= 'A' && text.s[i] <= 'Z' ? text.s[i] + 32 : text.s[i]);
    for (ptrdiff_t i = 0; i < COUNT(beginnings); i++)
        if (str_starts((Str){ head, text.n }, beginnings[i].head)) return beginnings[i].key;
    return NULL;
}

/* Compound files of the old Office: a workbook, a document, or a new workbook behind a password (its streams have
 * UTF-16 names). */
static const char *key_of_compound(Str file)
{
    Str start = str_upto(file, 1 << 20);
    if (str_find(start, S("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e")) >= 0) return "file.is_encrypted";
    if (str_find(start, S("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t")) >= 0) return "file.is_document";
    return NULL;
}

/* The stream of an old workbook without a container around it; before Excel 5 there were no others. */
static bool is_bare_stream(Str file)
{
    static const char versions[] = { 0, 2, 4, 8 };
    return file.n > 8 && file.s[0] == 9 && memchr(versions, file.s[1], sizeof versions) && le16(file.s + 2) >= 4 &&
           le16(file.s + 2) <= 16;
}

/* The directory of a zip stands at its end; the names of its parts stand there without packing. */
static Str zip_directory(Str file)
{
    ptrdiff_t last = file.n > 65557 ? file.n - 65557 : 0;
    for (ptrdiff_t at = file.n - 22; at >= last; at--) {
        const unsigned char *p = (const unsigned char *)file.s + at;
        if (memcmp(p, "PK\5\6", 4) != 0) continue;
        ptrdiff_t size = (ptrdiff_t)((uint32_t)p[12] | (uint32_t)p[13] << 8 | (uint32_t)p[14] << 16 |
                                     (uint32_t)p[15] << 24);
        return size <= at ? (Str){ file.s + at - size, size } : (Str){ file.s, at };
    }
    return S("");
}

/* What a zip is; PACK_ZIP says that it is only a zip, of tables it may be.  *key: what it is refused as. */
static FilePack zip_kind(Str file, FileKind *out, const char **key)
{
    Str directory = zip_directory(file), head = str_upto(file, 200);
    *key          = directory.n == 0 ? "file.cut" : NULL;
    if (*key) return PACK_NONE;
    if (str_find(directory, S("xl/workbook.bin")) >= 0) *key = "file.is_xlsb";
    else if (str_find(directory, S("[Content_Types].xml")) >= 0 || str_find(directory, S("xl/workbook.xml")) >= 0) {
        bool other = str_find(directory, S("word/document")) >= 0 || str_find(directory, S("ppt/")) >= 0;
        if (other) *key = "file.is_document";
        *out = FILE_XLSX;
    } else if (str_find(head, S("opendocument.spreadsheet")) >= 0) *out = FILE_ODS;
    else if (str_find(head, S("opendocument.")) >= 0) *key = "file.is_document";
    else if (str_find(directory, S("META-INF/manifest.xml")) >= 0 && str_find(directory, S("content.xml")) >= 0)
        *out = FILE_ODS;
    else {
        *out = FILE_PACK;
        return PACK_ZIP;
    }
    return PACK_NONE;
}

FilePack file_pack(Str file)
{
    FileKind    kind;
    const char *key;
    if (str_starts(file, S("\x1F\x8B\x08"))) return PACK_GZIP;
    return str_starts(file, S("PK\3\4")) ? zip_kind(file, &kind, &key) : PACK_NONE;
}

static bool is_blank(Str file)
{
    if (str_starts(file, S("\xFF\xFE")) || str_starts(file, S("\xFE\xFF"))) return file.n == 2;
    return str_trim(str_upto(file, 1 << 20)).n == 0;
}

/* What is neither a zip nor a text. */
static const char *binary_kind(Str file, FileKind *out)
{
    if (is_bare_stream(file)) {
        *out = FILE_XLS;
        return file.s[1] == 8 ? NULL : "file.is_old_xls";
    }
    if (str_starts(file, CFB_HEAD)) {
        *out = FILE_XLS;
        return key_of_compound(file);
    }
    if (dbf_begins(file)) {
        *out = FILE_DBF;
        return NULL;
    }
    return key_by_signature(file);
}

Err file_kind(Str file, FileKind *out, Problems *problems)
{
    const char *key;
    *out = FILE_CSV;
    if (is_blank(file)) return PROBLEM(problems, INVALID, NULL, "file.empty");
    if (str_starts(file, S("PK\3\4"))) zip_kind(file, out, &key);
    else {
        key = binary_kind(file, out);
        if (!key && *out == FILE_CSV) key = key_by_beginning(file);
    }
    return key ? PROBLEM(problems, INVALID, NULL, key, arg_count("byte", file.n)) : OK;
}
