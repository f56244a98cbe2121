/* What a dry run remembers of the batches it has taken back, so that it tells of later rows what the import would. */
#include "core/utf8.h"
#include "sales/import/import_batch.h"

static bool dry(const Batch *b) { return b->run->plan.dry; }

int64_t foreseen_who(Batch *b, const Draft *d, Str key)
{
    int64_t *made = dry(b) && key.n ? map_at(&b->seen.key, key, NULL) : NULL;
    return made ? *made : -d->number;
}

/* As the door compares values of the field. */
static Str unique_text(Arena *mem, const Field *f, Value v)
{
    Buf text = buf_new(mem, 64);
    buf_fmt(&text, "%s ", f->name);
    if (f->find) buf_put(&text, name_find(mem, v.s));
    else value_write(&text, f, record_value(*mem, f, v));
    return buf_str(&text);
}

static bool only_once(const Batch *b, const Draft *d, int c)
{
    return !b->column[c].list && b->column[c].field->unique && !d->value[c].empty;
}

bool foreseen_taken(Arena mem, Batch *b, Draft *d)
{
    for (int c = 0; dry(b) && c < b->columns; c++) {
        if (!only_once(b, d, c)) continue;
        int64_t *by = map_at(&b->seen.unique, unique_text(&mem, b->column[c].field, d->value[c]), NULL);
        if (!by || *by == d->who) continue;
        row_problem(b->run, d->number, b->column[c].name, "field.taken", (Str){ 0 });
        d->bad = true;
    }
    return d->bad;
}

static int64_t hash_of(const Batch *b, const Draft *d)
{
    uint64_t hash = 1;
    for (int c = 0; c < b->columns; c++) {
        TypeId type = b->column[c].field->type;
        bool   text = type == TYPE_text || type == TYPE_link || type == TYPE_ref;
        Value  v    = d->value[c];
        if (v.empty) hash = str_hash(S("-"), hash);
        else hash = str_hash(text ? v.s : (Str){ (const char *)&v.n, sizeof v.n }, hash);
    }
    return (int64_t)hash;
}

bool foreseen_moves(Arena mem, Batch *b, const Draft *d)
{
    Str key;
    batch_key(&mem, b, &key, d->key);
    int64_t *said = map_at(&b->seen.said, key, NULL);
    return !said || *said != hash_of(b, d);
}

static void key_keep(Arena mem, Batch *b, const Draft *d)
{
    Str key;
    batch_key(&mem, b, &key, d->key);
    if (!map_at(&b->seen.key, key, NULL)) key = str_copy(&b->seen.mem, key);
    *map_at(&b->seen.key, key, &b->seen.mem)  = d->who;
    *map_at(&b->seen.said, key, &b->seen.mem) = hash_of(b, d);
}

static void unique_keep(Arena mem, Batch *b, const Draft *d, int c)
{
    Str text = unique_text(&mem, b->column[c].field, d->value[c]);
    if (map_at(&b->seen.unique, text, NULL)) return;
    *map_at(&b->seen.unique, str_copy(&b->seen.mem, text), &b->seen.mem) = d->who;
}

void foreseen_keep(Arena mem, Batch *b)
{
    for (int i = 0; dry(b) && i < b->n; i++) {
        const Draft *d = &b->draft[i];
        if (d->bad || !d->done) continue;
        if (d->who < 0 && b->key_at >= 0) key_keep(mem, b, d);
        for (int c = 0; c < b->columns; c++)
            if (only_once(b, d, c)) unique_keep(mem, b, d, c);
    }
}
