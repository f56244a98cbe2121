/* What an old workbook says before its sheets: which they are, which styles show days, the pool of texts. */
#include "core/pulse.h"
#include "format/bytes.h"
#include "format/xls.h"
#include "format/xlsx_parts.h"

#include <string.h>

enum {
    BEGIN = 0x809, END = 0x0A, LOCKED = 0x2F, CODE_PAGE = 0x42, YEAR_SYSTEM = 0x22, FORMAT = 0x41E, STYLE = 0xE0,
    SHEET = 0x85, POOL = 0xFC, BIFF5 = 0x500, BIFF8 = 0x600, GLOBALS = 5, FORMATS = 1 << 16
};

/* Code pages of BIFF5; what is not here is a Russian Windows, as programs wrote that told none. */
static const struct {
    int      page;
    Encoding encoding;
} pages[] = { { 866, ENC_CP866 }, { 1252, ENC_CP1252 }, { 20866, ENC_KOI8R }, { 65001, ENC_UTF8 } };

static void page_take(Xls *x, int page)
{
    for (ptrdiff_t i = 0; i < COUNT(pages); i++)
        if (pages[i].page == page) x->encoding = pages[i].encoding;
}

static Err format_take(Xls *x, const XlsRecord *r)
{
    Buf code = buf_new(x->mem, 256);
    int id   = r->data.n < 4 ? 0 : le16(r->data.s);
    if (r->data.n < 4 || !xls_text(x, r, 2, x->wide ? 2 : 1, &code)) return xls_refuse(x, "file.broken_xls", r->at);
    x->formats[id] = style_of_code(buf_str(&code)) == STYLE_DATE ? 2 : 1;
    return OK;
}

static Err style_take(Xls *x, const XlsRecord *r)
{
    if (r->data.n < 4) return xls_refuse(x, "file.broken_xls", r->at);
    int format = le16(r->data.s + 2), known = x->formats[format];
    buf_char(&x->styles, known ? known == 2 : style_of_id(format) == STYLE_DATE);
    return OK;
}

/* Charts and macros are sheets of other types. */
static Err sheet_take(Xls *x, const XlsRecord *r)
{
    Buf name = buf_new(x->mem, 64);
    if (r->data.n < 8) return xls_refuse(x, "file.broken_xls", r->at);
    XlsSheet sheet = { .at = le32(r->data.s), .hidden = (r->data.s[4] & 3) != 0 };
    bool     table = r->data.s[5] == 0;
    if (!xls_text(x, r, 6, 1, &name)) return xls_refuse(x, "file.broken_xls", r->at);
    if (!table || ++x->sheets_told > SHEETS_MAX) return OK;
    sheet.name            = buf_str(&name);
    x->sheet[x->sheets++] = sheet;
    return OK;
}

static Err global_take(Xls *x, const XlsRecord *r)
{
    switch (r->type) {
    case LOCKED: return PROBLEM(x->problems, INVALID, NULL, "file.is_encrypted");
    case CODE_PAGE: if (r->data.n >= 2) page_take(x, le16(r->data.s)); return OK;
    case YEAR_SYSTEM: x->from_1904 = r->data.n >= 2 && le16(r->data.s) == 1; return OK;
    case FORMAT: return format_take(x, r);
    case STYLE: return style_take(x, r);
    case SHEET: return sheet_take(x, r);
    case POOL: return xls_pool_read(x, r);
    default: return OK;
    }
}

/* The stream begins with the version, and with what it is: all sheets together, or a sheet alone. */
static Err begin_take(Xls *x, XlsRecord *r)
{
    bool whole = xls_record(x, 0, r) && r->data.n >= 4;
    int  version = whole && r->type == BEGIN ? le16(r->data.s) : 0;
    if (!whole) return xls_refuse(x, "file.cut", x->stream.size);
    if (version != BIFF5 && version != BIFF8) return PROBLEM(x->problems, INVALID, NULL, "file.is_old_xls");
    x->wide = version == BIFF8;
    return le16(r->data.s + 2) == GLOBALS ? OK : xls_refuse(x, "file.broken_xls", 0);
}

static Err sheets_enough(Xls *x)
{
    if (x->sheets_told > SHEETS_MAX) return sheets_too_many(x->problems, x->sheets_told);
    return x->sheets ? OK : PROBLEM(x->problems, INVALID, NULL, "file.no_sheet");
}

Err xls_globals(Xls *x)
{
    XlsRecord r;
    x->encoding = ENC_CP1251;
    x->formats  = NEW_N(x->mem, uint8_t, FORMATS);
    x->sheet    = NEW_N(x->mem, XlsSheet, SHEETS_MAX);
    x->styles   = buf_new(x->mem, 4096);
    TRY(begin_take(x, &r));
    for (int64_t at = 0; xls_record(x, at, &r); at += 4 + r.data.n) {
        if (r.type == END) return sheets_enough(x);
        TRY(global_take(x, &r));
        if (at % 64 == 0) TRY(pulse(x->problems));
    }
    return xls_refuse(x, "file.cut", x->stream.size);
}
