/* Seeds between being read and being saved.  Used inside entity/ only. */
#ifndef ENTITY_SEED_INSIDE_H
#define ENTITY_SEED_INSIDE_H

#include "core/map.h"
#include "entity/seed.h"

/* A row of `seed`. */
typedef struct {
    int64_t record, version; /* record 0: the key has brought nothing yet */
    Str     entity, digest;
    bool    own;             /* of the same files, not of the others'     */
} SeedKnown;

typedef struct {
    Str         key;
    const char *field; /* that refers to it, for words */
    ptrdiff_t   from;  /* the seed                     */
} SeedRef;

typedef struct {
    const Entity *e;
    Str           key, part; /* part s null: the whole record              */
    const Json   *said;      /* the element                                */
    Str           digest;
    ptrdiff_t     target, next; /* next: another part of the same record, -1: the last one */
    SeedKnown     known;
    void         *alone;        /* of a part: a record with nothing else       */
    SeedFate      fate;
    Str           offered;
} Seed;

/* A record with all that seeds say of it. */
typedef struct {
    const Entity *e;
    Str           key;
    ptrdiff_t     whole, parts; /* seeds; -1: none                            */
    int           level;        /* above those that it refers to              */
    int64_t       id, version;  /* id 0: is not there (yet); version as it was read, 0: it is new */
    bool          changes, passes;
    void         *record;
} SeedTarget;

typedef struct {
    Work       *w;
    Str         origin;
    Lang        lang;
    Arena      *mem;
    Seed       *seed;
    SeedTarget *target;
    SeedRef    *ref;
    ptrdiff_t   n, targets, refs, seed_room, ref_room;
    Map        *seed_of, *target_of; /* key -> place + 1 */
    Map        *known_of;            /* key -> place + 1 in known */
    SeedKnown  *known;
} SeedSet;

SeedSet seed_set(Work *w, Str origin, Lang lang);

/* Adds what a file says.  INVALID with words. */
Err seeds_read(SeedSet *s, Str text);

/* When all is read: finds every reference, in the files and in the base, and the order in which records are made. */
Err seeds_find(SeedSet *s);

/* The record behind a key; 0: there is none (yet). */
int64_t seed_record(SeedSet *s, Str key);

/* The element as a patch: without its key, in the language, references as ids. */
Err seed_patch(SeedSet *s, const Seed *seed, const Json **out);

/* ---- parts of a list ---- */

/* The list that seeds part, and the field whose values part it; null: there is none. */
const Children *seed_list(const Entity *e, const Field **by);

/* What stands in the record under this part, as one text whatever the order. */
Str  seed_part_digest(Arena *mem, const Entity *e, const void *record, Str part);
bool seed_part_empty(const Entity *e, const void *record, Str part);

/* The part as `from` has it, in place of the record's; what is equal keeps its id. */
void seed_part_put(Arena *mem, const Entity *e, void *record, const void *from, Str part);

/* Are the fields and lists the same? */
bool seed_records_same(Work *w, const Entity *e, const void *a, const void *b);

/* Text -> hexadecimal SHA-256. */
Str seed_hash(Arena *mem, Str text);

/* ---- steps of loading ---- */

Err  seed_target_make(SeedSet *s, SeedTarget *t);   /* its record is empty yet                     */
Err  seed_target_settle(SeedSet *s, SeedTarget *t); /* its record is as it is stored               */
void seed_target_pass(SeedSet *s, SeedTarget *t);   /* it, and all that seeds say of it, stays out */
Err  seeds_level_pass(SeedSet *s, int level);       /* reads, settles and saves all of a level     */

/* Runs what may find problems, and says these with the key of the seed: row 0 or 1 is keys[0], row 2 keys[1] … */
Err seed_said(Work *w, const Str *keys, Err (*run)(Work *w, void *to), void *to);

#endif
