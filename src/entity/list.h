/* Lists of any entity: filter, search, order, pages by key, count and totals.
 *
 * A filter is a tree of conditions in the language of entity/filter.h.
 *
 * A page is cut by key, never by offset: `next` is a cursor bound to the entity, order and actor, authenticated, and
 * INVALID (`list.cursor`) after any change to it.  Equal keys are ordered by id.  Empty values come last in both
 * directions.  A list is also ordered by a figure with .sort. */
#ifndef ENTITY_LIST_H
#define ENTITY_LIST_H

#include "entity/figure.h"
#include "entity/filter.h"
#include "entity/record.h"

#define LIST_LIMIT 200

typedef struct {
    Str         search;   /* any part of what .find fields hold; of phones also other ways of writing  */
    const Json *filter;   /* null: all                                                             */
    Str         order;    /* "name", "-day", "-created_at"; empty: the entity's                     */
    Str         after;    /* cursor                                                                */
    int         limit;    /* 0: 50; at most LIST_LIMIT                                             */
    bool        archived; /* those instead of the living                                            */
    const char *verb;     /* null: view; `export` asks for that right                               */
    Str         figures;  /* "abc,revenue": columns beside the fields, their sums in totals         */
} Ask;

typedef struct {
    void     *records; /* n structs without children, with titles; hidden fields are empty */
    ptrdiff_t n;
    Str       next;    /* empty: the last page */
    Figures   figures; /* those asked for      */
    Value    *figured; /* [n * figures.n] a record's beside each other */
    void     *above;   /* of children: the records they belong to, and the place there of each one's */
    ptrdiff_t *above_at;
} Page;

Err list_page(Work *w, const Entity *e, const Ask *ask, Page *out);

/* The page as JSON {items, next}.  Figures asked for stand in `_figures` of each item, and in `counted` when those were
 * counted that are written down (entity/counted.h). */
Err list_json(Work *w, JsonOut *to, const Entity *e, const Ask *ask);

/* Count and totals of the money and quantity fields the actor sees, and of such figures as are asked for:
 * {count, totals:{…}}. */
Err list_count(Work *w, const Entity *e, const Ask *ask, int64_t *count);
Err list_count_json(Work *w, JsonOut *to, const Entity *e, const Ask *ask);

/* `title`s for a choice box: up to 20 {id, title} found by part. */
Err list_titles_json(Work *w, JsonOut *to, const Entity *e, Str search);

/* ---- for statements of areas that want the same conditions ---- */

/* Of records that hang on others (Entity.follows) a filter says on which: INVALID otherwise. */
Err follow_asked(Work *w, const Entity *e, const Json *filter);

/* Appends the conditions of scope, archive, filter and search, joined by `and`, for rows of e under `alias`; of a child
 * those of the record it belongs to are under `up` (rows_from).  Names and values are checked: INVALID with words. */
Err list_where(Work *w, Arena *mem, const Entity *e, const Ask *ask, const char *alias, Buf *sql, Binds *binds);

#endif
