/* What a file is by its content.  Sizes of pictures are written into their heads by hand, after the sources named in
 * format/content.h. */
#include "format/content.h"
#include "tests/test.h"

#include <stdio.h>

#define IS(file, want) STR(told(t, file), S(want))

/* "image/png 3x2" */
static Str told(Test *t, Str file)
{
    Content c = content_of(file);
    return c.width ? str_fmt(&t->mem, "%s %lldx%lld", c.type, (long long)c.width, (long long)c.height) : str_of(c.type);
}

#define PNG_HEAD  "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"
#define JPEG_APP0 "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
#define WEBP_OF(chunk) "RIFF\x24\0\0\0WEBP" chunk

TESTS(test_content)
{
    CASE("a picture is known with its points") {
        IS(S(PNG_HEAD "\0\0\0\3\0\0\0\2\x08\2\0\0\0"), "image/png 3x2");
        IS(S("GIF89a\x40\1\xF0\0\x80\0\0"), "image/gif 320x240");
        IS(S(JPEG_APP0 "\xFF\xDB\0\4\1\1\xFF\xC2\0\x0B\x08\0\xF0\1\x40\1\1\x11\0"), "image/jpeg 320x240");
        IS(S(WEBP_OF("VP8X\x0A\0\0\0\0\0\0\0\x3F\1\0\xEF\0\0")), "image/webp 320x240");
        IS(S(WEBP_OF("VP8 \x18\0\0\0\x30\1\0\x9D\1\x2A\x40\1\xF0\0\1\0")), "image/webp 320x240");
        IS(S(WEBP_OF("VP8L\x18\0\0\0\x2F\x3F\xC1\x3B\0\0\0\0\0\0\0")), "image/webp 320x240");
    }
    CASE("a picture that is cut off is one whose points nobody knows") {
        IS(S(PNG_HEAD), "image/png");
        IS(S("GIF89a\x40"), "image/gif");
        IS(S(JPEG_APP0 "\xFF\xC2\0\x0B\x08"), "image/jpeg");
        IS(S(JPEG_APP0 "\xFF\xE1\xFF\xFF"), "image/jpeg");
        IS(S(JPEG_APP0 "\xFF\xDA\0\x08"), "image/jpeg");
        IS(S(WEBP_OF("VP8X\x0A\0")), "image/webp");
    }
    CASE("a picture is shown whose points are few enough to be unfolded") {
        EQUAL(content_shows((Content){ "image/png", 10000, 5000 }), true);
        EQUAL(content_shows((Content){ "image/png", 10000, 5001 }), false);
        EQUAL(content_shows((Content){ "image/png", 50000, 50000 }), false);
        EQUAL(content_shows((Content){ "image/png", INT64_C(1) << 31, INT64_C(1) << 33 }), false);
        EQUAL(content_shows((Content){ "image/png", 0, 0 }), false);
        EQUAL(content_shows((Content){ "image/tiff", 10, 10 }), false);
    }
    CASE("what could run is of no kind, whatever stands around it") {
        IS(S("<!doctype html><script>alert(1)</script>"), CONTENT_UNKNOWN);
        IS(S("\xEF\xBB\xBF  <svg onload=alert(1)>"), CONTENT_UNKNOWN);
        IS(S("Good day\n<b>"), CONTENT_UNKNOWN);
        IS(S("<?xml version=\"1.0\"?>"), CONTENT_UNKNOWN);
        IS(S("#!/bin/sh\n"), CONTENT_UNKNOWN);
        IS(S("MZ\x90\0"), CONTENT_UNKNOWN);
        IS(S("text with a \0 in it"), CONTENT_UNKNOWN);
        IS(S("\xC0\xC1 no UTF-8"), CONTENT_UNKNOWN);
        IS(S(""), CONTENT_UNKNOWN);
    }
    CASE("recordings, documents, archives and texts are what they begin with") {
        IS(S("%PDF-1.7\n<html>"), CONTENT_PDF);
        IS(S("RIFF\0\0\0\0WAVEfmt "), "audio/wav");
        IS(S("OggS\0"), "audio/ogg");
        IS(S("ID3\4"), "audio/mpeg");
        IS(S("\0\0\0\x18" "ftypM4A "), "audio/mp4");
        IS(S("\0\0\0\x18" "ftypheic"), "image/heic");
        IS(S("PK\3\4....[Content_Types].xml....word/document.xml"),
           "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        IS(S("PK\3\4....a.txt"), "application/zip");
        IS(S("Договор поставки № 7\r\n\tна май"), "text/plain");
    }
}
