/* A table for the terminal. */
#include "app/text_table.h"

#include "core/utf8.h"

TextTable text_table(Arena *mem, int columns, ptrdiff_t rows)
{
    return (
        TextTable){ .mem = mem, .columns = columns, .cell = NEW_N(mem, Str, columns * rows), .room = columns * rows };
}

int text_width(Str s)
{
    int width = 0;
    for (ptrdiff_t at = 0; at < s.n; width++) utf8_next(s, &at);
    return width;
}

void text_cell(TextTable *t, Str cell)
{
    int  width = text_width(cell), kept = 0;
    Buf  b     = buf_new(t->mem, cell.n + 8);
    bool cut   = width > TEXT_CELL_MAX;
    for (ptrdiff_t at = 0; at < cell.n && kept < (cut ? TEXT_CELL_MAX - 1 : width); kept++) {
        uint32_t rune = utf8_next(cell, &at);
        buf_rune(&b, rune == '\n' ? ' ' : rune);
    }
    if (cut) buf_c(&b, "…");
    if (t->count < t->room) t->cell[t->count++] = buf_str(&b);
}

static void padded(Buf *out, Str s, int width, bool right)
{
    int pad = width - text_width(s);
    if (!right) buf_put(out, s);
    for (int i = 0; i < pad; i++) buf_char(out, ' ');
    if (right) buf_put(out, s);
}

void text_table_put(const TextTable *t, Buf *out)
{
    int width[TEXT_COLUMNS] = { 0 };
    for (ptrdiff_t i = 0; i < t->count; i++) {
        int w = text_width(t->cell[i]), column = (int)(i % t->columns);
        if (w > width[column]) width[column] = w;
    }
    for (ptrdiff_t i = 0; i < t->count; i++) {
        int  column = (int)(i % t->columns);
        bool last   = column == t->columns - 1;
        buf_c(out, "  ");
        padded(out, t->cell[i], last && !t->right[column] ? 0 : width[column], t->right[column]);
        if (last) buf_char(out, '\n');
    }
}

void text_disarm(char *text, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i], next = i + 1 < n ? (unsigned char)text[i + 1] : 0;
        if ((c < 32 && c != '\n') || c == 127) text[i] = '?';
        if (c == 0xC2 && next >= 0x80 && next < 0xA0) text[i] = text[i + 1] = '?'; /* U+0080 to U+009F */
    }
}
