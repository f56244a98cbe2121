/* Seeds: records that come in a file, known by a key, and what becomes of them when the next version of the file comes.
 *
 *     {"product_group": [{"key": "group/tea", "name": ["Чай", "Tea"]},
 *                        {"key": "group/green", "name": ["Зелёный", "Green"], "parent_id": "@group/tea"}]}
 *
 * The members of an element are those of a patch (record.h).  A text in both languages is saved in the firm's; a
 * reference is the key of another seed behind `@`.  All keys and references are found before anything is written: where
 * one is missing, stands twice or leads round in a circle, nothing is loaded.
 *
 * A key with a slash in an entity that has a list with a `.part` (entity.h) is no record but a part of the one before
 * the slash: `role.sales_manager/shelf` is what that role may do with shelves.
 *
 * What a file brings is saved by the door as the program, verb `seeded`, and noted in the table `seed` with its digest:
 *
 *     the key is new                   the record is made, the part is added where there is none yet
 *     it says what it said before      nothing
 *     it says something else           saved, if nobody has touched the record (the part) since
 *     touched, archived                left alone, and offered: whoever may change the record takes it or leaves it
 *
 * The files of the program and those that a firm loads itself are told apart: what the firm's say counts as touched for
 * the program's. */
#ifndef ENTITY_SEED_H
#define ENTITY_SEED_H

#include "core/words.h"
#include "entity/entity.h"

/* Made from src/sales/AREA/AREA.seed.json; ends with a row without a name. */
typedef struct {
    const char *name;
    Str         text;
} SeedFile;

extern const SeedFile seed_files[];

/* What an entity has of its own about seeds. */
typedef struct SeedWay {
    /* Writes an element as elements that take one meaning, each with a key, into an open array. */
    void (*spell)(Arena *mem, JsonOut *to, const Json *element);
    /* May the program add a part to the record by itself?  Else it is offered. */
    bool (*grows)(const void *record);
    /* A part, by its value, that firms had before there were seeds: what stands in such a base is taken for what it is.
     */
    bool (*had)(Str part);
} SeedWay;

typedef enum { SEED_SAME, SEED_MADE, SEED_CHANGED, SEED_LEFT, SEED_PASSED, SEED_FATES } SeedFate;

/* How many seeds came to what: LEFT is offered, PASSED has a name that a record of the firm has, or leads to such a
 * one. */
typedef struct {
    ptrdiff_t n[SEED_FATES];
} SeedCounts;

enum { SEEDS_MOST = 20000, SEED_BYTES = 8 << 20, SEED_KEY_MOST = 200 };

/* ---- the program's own ---- */

/* Does the base hold what the files of another version, or in another language, said?  One statement; false where
 * nothing was ever loaded.  `lang` is the firm's. */
Err seeds_due(Work *w, bool *due, Lang *lang);

/* Loads all of them in the language, unless that has been done; from a writing work.  `out` may be null. */
Err seeds_load(Work *w, Lang lang, SeedCounts *out);

/* ---- a firm's ---- */

/* INVALID with words that name the key, and then nothing is written. */
Err seeds_load_text(Work *w, Str json, Lang lang, SeedCounts *out);

/* All living records of these entities as such a file, and notes them, so that a file that was edited finds its records
 * again.  References to what is neither among them nor a seed are left out: *left.  From a writing work. */
Err seeds_export(Work *w, const Entity *const *entities, int n, Buf *to, ptrdiff_t *left);

/* ---- what is offered ---- */

/* {items: [{origin, key, entity, record, title, at, stands: {…}, offered: {…}}]} of records that the actor may change,
 * without what is hidden from him. */
Err seed_offers_json(Work *w, JsonOut *to);

/* NOT_FOUND where nothing is offered under the key.  Taking is a save by the actor. */
Err seed_take(Work *w, Str origin, Str key);
Err seed_leave(Work *w, Str origin, Str key);

#endif
