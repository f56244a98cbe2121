/* Numbers by the hash of their texts, found by linear probing; the table is never more than half full. */
#include "sales/import/texts.h"

enum { FIRST_SLOTS = 1 << 10 };

static uint32_t *slot_of(const Texts *t, Str text)
{
    uint32_t at = (uint32_t)str_hash(text, 0) & t->mask;
    while (t->slot[at] && !str_eq(t->text[t->slot[at]], text)) at = (at + 1) & t->mask;
    return &t->slot[at];
}

static void slots_make(Texts *t, Arena *mem, uint32_t slots)
{
    t->slot = NEW_N(mem, uint32_t, slots);
    t->mask = slots - 1;
    for (uint32_t n = 1; n < t->count; n++) *slot_of(t, t->text[n]) = n;
}

Texts texts_new(Arena *mem, ptrdiff_t room)
{
    Texts t = { .text = NEW_RAW(mem, Str, room), .count = 1 };
    t.text[0] = (Str){ 0 };
    slots_make(&t, mem, FIRST_SLOTS);
    return t;
}

uint32_t text_number(Texts *t, Str text, Arena *mem, bool *fresh)
{
    uint32_t *slot = slot_of(t, text);
    *fresh = !*slot;
    if (*slot) return *slot;
    t->text[t->count] = str_copy(mem, text);
    *slot             = t->count++;
    if (t->count > t->mask / 2) slots_make(t, mem, (t->mask + 1) * 2);
    return t->count - 1;
}
