/* Texts of the old Excel, which may go on in the records behind theirs. */
#include "core/utf8.h"
#include "format/bytes.h"
#include "format/charset.h"
#include "format/xls.h"

enum { CONTINUED = 0x3C };

/* A place in a record and those that continue it. */
typedef struct {
    Xls      *x;
    XlsRecord record;
    ptrdiff_t at;
    bool      over; /* more was asked for than is there */
} Cursor;

static bool cursor_goes_on(Cursor *c)
{
    XlsRecord next;
    if (!xls_record(c->x, c->record.at + 4 + c->record.data.n, &next) || next.type != CONTINUED) return false;
    c->record = next;
    c->at     = 0;
    return true;
}

static int take_byte(Cursor *c)
{
    while (!c->over && c->at >= c->record.data.n) c->over = !cursor_goes_on(c);
    return c->over ? 0 : (unsigned char)c->record.data.s[c->at++];
}

static int64_t take_number(Cursor *c, int bytes)
{
    int64_t v = 0;
    for (int i = 0; i < bytes; i++) v |= (int64_t)take_byte(c) << (8 * i);
    return v;
}

static void skip(Cursor *c, int64_t bytes)
{
    while (bytes > 0 && !c->over) {
        ptrdiff_t here = c->record.data.n - c->at;
        if (here > bytes) here = (ptrdiff_t)bytes;
        c->at += here;
        bytes -= here;
        if (bytes) c->over = !cursor_goes_on(c);
    }
}

/* Characters whose upper byte is zero. */
static void put_narrow(Buf *to, Str bytes)
{
    ptrdiff_t plain = 0;
    while (plain < bytes.n && (unsigned char)bytes.s[plain] < 0x80) plain++;
    buf_put(to, str_upto(bytes, plain));
    for (ptrdiff_t i = plain; i < bytes.n; i++) buf_rune(to, (unsigned char)bytes.s[i]);
}

/* In each record that continues a text a byte says anew how its characters are written. */
static void take_characters(Cursor *c, int64_t characters, bool wide, Buf *to)
{
    while (characters > 0 && !c->over) {
        if (c->at >= c->record.data.n) {
            c->over = !cursor_goes_on(c);
            wide    = take_byte(c) & 1;
            continue;
        }
        int64_t here = (c->record.data.n - c->at) >> wide;
        if (here == 0) c->over = true; /* half a character */
        if (here > characters) here = characters;
        Str bytes = { c->record.data.s + c->at, (ptrdiff_t)here << wide };
        if (to && wide) text_to_utf8(ENC_UTF16LE, bytes, to);
        else if (to) put_narrow(to, bytes);
        c->at += bytes.n;
        characters -= here;
    }
}

/* A text with its marks, formatting and hints, [MS-XLS] 2.5.293. */
static void take_text(Cursor *c, int length, Buf *to)
{
    int64_t characters = take_number(c, length);
    int     flags      = take_byte(c);
    int64_t runs       = flags & 8 ? take_number(c, 2) : 0;
    int64_t hints      = flags & 4 ? take_number(c, 4) : 0;
    take_characters(c, characters, flags & 1, to);
    skip(c, runs * 4 + hints);
}

/* BIFF5: bytes of a code page. */
static void take_bytes(Cursor *c, int length, Buf *to)
{
    int64_t left = take_number(c, length);
    while (left > 0 && !c->over) {
        ptrdiff_t here = c->record.data.n - c->at;
        if (here > left) here = (ptrdiff_t)left;
        if (to) put_text(to, c->x->encoding, (Str){ c->record.data.s + c->at, here });
        c->at += here;
        left -= here;
        if (left) c->over = !cursor_goes_on(c);
    }
}

bool xls_text(Xls *x, const XlsRecord *r, ptrdiff_t at, int length, Buf *to)
{
    Cursor c = { .x = x, .record = *r, .at = at };
    if (x->wide) take_text(&c, length, to);
    else take_bytes(&c, length, to);
    return !c.over;
}

bool xls_pool_text(Xls *x, uint32_t index, Buf *to)
{
    XlsRecord r;
    if (index >= x->texts || !xls_record(x, x->text[index].record, &r)) return false;
    return xls_text(x, &r, x->text[index].at, 2, to);
}

Err xls_pool_read(Xls *x, const XlsRecord *r)
{
    Cursor  c     = { .x = x, .record = *r, .at = 4 };
    int64_t count = take_number(&c, 4), most = (x->stream.size - r->at) / 3; /* none is shorter */
    if (count > most) return xls_refuse(x, "file.broken_xls", r->at);
    x->text  = NEW_RAW(x->mem, XlsText, count);
    x->texts = 0;
    while (x->texts < count && !c.over) {
        if (c.at >= c.record.data.n && !cursor_goes_on(&c)) break;
        x->text[x->texts++] = (XlsText){ (uint32_t)c.record.at, (uint16_t)c.at };
        take_text(&c, 2, NULL);
    }
    return c.over ? xls_refuse(x, "file.cut", x->stream.size) : OK;
}
