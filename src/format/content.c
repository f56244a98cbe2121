/* What any file is, by its first bytes. */
#include "format/content.h"

#include "core/utf8.h"

typedef const unsigned char *Bytes;

static bool has_at(Str file, ptrdiff_t at, Str part)
{
    return file.n > at && str_starts(str_from(file, at), part);
}

static int64_t big16(Bytes p) { return p[0] << 8 | p[1]; }
static int64_t big32(Bytes p) { return big16(p) << 16 | big16(p + 2); }
static int64_t little16(Bytes p) { return p[1] << 8 | p[0]; }
static int64_t little24(Bytes p) { return p[2] << 16 | little16(p); }

/* ---- pictures ---- */

static Content png(Str file)
{
    Bytes   p = (Bytes)file.s;
    Content c = { "image/png", 0, 0 };
    if (file.n < 24 || !has_at(file, 12, S("IHDR"))) return c;
    return (Content){ c.type, big32(p + 16), big32(p + 20) };
}

static Content gif(Str file)
{
    Bytes p = (Bytes)file.s;
    return file.n < 10 ? (Content){ "image/gif", 0, 0 } : (Content){ "image/gif", little16(p + 6), little16(p + 8) };
}

/* SOF0 to SOF15, but for DHT, JPG and DAC, which stand among them. */
static bool begins_frame(int mark)
{
    return mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC;
}

/* From segment to segment until the frame begins.  What stands between them has only marks without a length. */
static Content jpeg(Str file)
{
    Bytes   p = (Bytes)file.s;
    Content c = { "image/jpeg", 0, 0 };
    for (ptrdiff_t at = 2; at + 9 <= file.n && p[at] == 0xFF;) {
        int mark = p[at + 1];
        if (begins_frame(mark)) return (Content){ c.type, big16(p + at + 7), big16(p + at + 5) };
        if (mark == 0xFF) at++;
        else if (mark == 0xD8 || mark == 0x01) at += 2;
        else if (mark == 0xD9 || mark == 0xDA) return c;
        else at += 2 + big16(p + at + 2);
    }
    return c;
}

static Content webp(Str file)
{
    Bytes   p = (Bytes)file.s;
    Content c = { "image/webp", 0, 0 };
    if (file.n < 30) return c;
    if (has_at(file, 12, S("VP8X"))) return (Content){ c.type, little24(p + 24) + 1, little24(p + 27) + 1 };
    if (has_at(file, 12, S("VP8 "))) return (Content){ c.type, little16(p + 26) & 0x3FFF, little16(p + 28) & 0x3FFF };
    if (!has_at(file, 12, S("VP8L"))) return c;
    int64_t bits = little24(p + 21) | (int64_t)p[24] << 24;
    return (Content){ c.type, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1 };
}

/* ---- the others ---- */

static const struct {
    Str         head;
    int         at; /* bytes before it */
    const char *type;
} signatures[] = {
    { S("%PDF-"), 0, CONTENT_PDF },
    { S("ftypheic"), 4, "image/heic" },
    { S("ftypheix"), 4, "image/heic" },
    { S("ftypmif1"), 4, "image/heic" },
    { S("ftypM4A "), 4, "audio/mp4" },
    { S("ftypqt  "), 4, "video/quicktime" },
    { S("ftyp"), 4, "video/mp4" },
    { S("ID3"), 0, "audio/mpeg" },
    { S("\xFF\xFB"), 0, "audio/mpeg" },
    { S("\xFF\xF3"), 0, "audio/mpeg" },
    { S("OggS"), 0, "audio/ogg" },
    { S("fLaC"), 0, "audio/flac" },
    { S("#!AMR"), 0, "audio/amr" },
    { S("\x1A\x45\xDF\xA3"), 0, "video/webm" },
    { S("II*\0"), 0, "image/tiff" },
    { S("MM\0*"), 0, "image/tiff" },
    { S("Rar!\x1A\x07"), 0, "application/vnd.rar" },
    { S("7z\xBC\xAF\x27\x1C"), 0, "application/x-7z-compressed" },
    { S("\x1F\x8B\x08"), 0, "application/gzip" },
    { S("{\\rtf"), 0, "application/rtf" },
    { S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 0, "application/x-ole-storage" },
};

#define OFFICE "application/vnd.openxmlformats-officedocument."

/* Which office document a zip is: the name of its first parts, unpacked, at its beginning. */
static const char *zip_type(Str file)
{
    Str head = str_upto(file, 1 << 16);
    if (str_find(head, S("mimetypeapplication/vnd.oasis.opendocument.text")) >= 0)
        return "application/vnd.oasis.opendocument.text";
    if (str_find(head, S("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")) >= 0)
        return "application/vnd.oasis.opendocument.spreadsheet";
    if (str_find(head, S("[Content_Types].xml")) < 0) return "application/zip";
    if (str_find(file, S("word/")) >= 0) return OFFICE "wordprocessingml.document";
    if (str_find(file, S("xl/")) >= 0) return OFFICE "spreadsheetml.sheet";
    if (str_find(file, S("ppt/")) >= 0) return OFFICE "presentationml.presentation";
    return "application/zip";
}

/* Text that no browser takes for a page: no sign of a page stands anywhere in what was looked at. */
static bool is_text(Str file)
{
    ptrdiff_t bad = 0;
    Str       head = str_upto(file, 1 << 16);
    for (ptrdiff_t i = 0; i < head.n; i++)
        if ((unsigned char)head.s[i] < ' ' && head.s[i] != '\n' && head.s[i] != '\r' && head.s[i] != '\t') return false;
    if (str_find(head, S("<")) >= 0 || str_starts(head, S("#!"))) return false;
    return utf8_valid(head, &bad) || (head.n < file.n && bad > head.n - 4); /* a letter may be cut in two */
}

Content content_of(Str head)
{
    if (str_starts(head, S("\x89PNG\r\n\x1A\n"))) return png(head);
    if (str_starts(head, S("GIF87a")) || str_starts(head, S("GIF89a"))) return gif(head);
    if (str_starts(head, S("\xFF\xD8\xFF"))) return jpeg(head);
    if (str_starts(head, S("RIFF")) && has_at(head, 8, S("WEBP"))) return webp(head);
    if (str_starts(head, S("RIFF")) && has_at(head, 8, S("WAVE"))) return (Content){ "audio/wav", 0, 0 };
    if (str_starts(head, S("PK\3\4"))) return (Content){ zip_type(head), 0, 0 };
    for (ptrdiff_t i = 0; i < COUNT(signatures); i++)
        if (has_at(head, signatures[i].at, signatures[i].head)) return (Content){ signatures[i].type, 0, 0 };
    return (Content){ head.n && is_text(head) ? "text/plain" : CONTENT_UNKNOWN, 0, 0 };
}

bool content_shows(Content c)
{
    static const char *const shown[] = { "image/png", "image/jpeg", "image/gif", "image/webp" };
    if (c.width <= 0 || c.height <= 0 || c.width > PICTURE_POINTS_MOST / c.height) return false;
    for (ptrdiff_t i = 0; i < COUNT(shown); i++)
        if (str_eq(str_of(c.type), str_of(shown[i]))) return true;
    return false;
}
