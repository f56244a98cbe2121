/* The language of conditions: a JSON tree about the records of an entity.
 *
 *     tree   {"all":[tree…]}   {"any":[tree…]}   {"not":tree}   leaf
 *     leaf   {"field":PATH,"op":OP,"value":V}
 *            {"some":MANY,"where":[tree…]}      {"none":MANY,"where":[tree…]}
 *            {"count":MANY,"where":[tree…],"op":OP,"value":V}
 *            {"sum":MANY.FIELD,"where":[tree…],"op":OP,"value":V}
 *     PATH   city   keeper_id.unit_id.name   about:client.city   parent.day (of a child: what its record says)
 *            at most FILTER_STEPS steps over references, links and `parent`; `link:entity` follows the links to that
 *     MANY   phones   client_id.persons      a list of children
 *            <sale.client_id                 the rows of another entity that point here, also by a link
 *            client_id<sale.client_id        those that point at what is referred to
 *     OP     what the field takes (/api/meta says so); of `count` and `sum` is, is_not, from, to
 *     V      a literal, or of `in` a list of them
 *            {"me":1}   {"team":1}           whoever asks; he and his team, of references to people
 *            {"day":"-14"}                   a day by today's: a number of days or a span (`-3 wd`, `1 m`), a beginning
 *                                            or end (`month.start`, `year.end`; of week, month, quarter, year), or one
 *                                            from the other (`quarter.start-1 d`)
 *            {"now":"-4 h"}                  a moment, so long from now
 *            {"field":PATH}                  of the same row
 *            {"row":PATH}                    inside `where`: of the row around it
 *
 * Every name passes the asker's mask.  In a filter that somebody types, the records that a path comes to and the rows
 * that are counted are those within his reach, and others count as empty or not there: a filter is no way to guess.
 * In a published one they are the firm's, as is the day.  A filter typed by somebody has his day; a day in the place of
 * a moment is the firm's, from its beginning to its end.  Rows of MANY are living ones, unless `where` speaks of the
 * archive itself.
 *
 * A condition holds where it is true: of an empty field `is_not` and `empty` hold and nothing else.  In the
 * SQL values are always bound. */
#ifndef ENTITY_FILTER_H
#define ENTITY_FILTER_H

#include "entity/reach.h"
#include "format/json.h"

enum {
    FILTER_DEPTH  = 5,  /* levels of all, any, not and where                 */
    FILTER_LEAVES = 40,
    FILTER_NODES  = 200, /* all of them, groups too                          */
    FILTER_MANY   = 4,  /* some, none, count and sum of a tree               */
    FILTER_STEPS  = 4,  /* of a path                                         */
    FILTER_TEXT   = 4096, /* bytes of the canonical text of one that is kept */
    FILTER_BYTES  = 64 << 10, /* of one as it comes                          */
    FILTER_MOVED  = 200 /* records that filter_moves names each way          */
};

typedef struct {
    Work         *w;
    Arena        *mem;
    const Entity *e;
    const char   *verb;      /* null: view                                              */
    bool          published; /* what it comes to is the firm's, not only the asker's    */
    const char   *at;        /* where a refusal points; null: at `filter`               */
} FilterAsk;

/* Appends the condition in parentheses for rows of ask->e under `alias`; a tree that is null holds for all.  *archive
 * (may be null): the tree says itself whether archived records are meant.  INVALID at field `filter` with words that
 * name the path: filter.not_a_tree, too_deep, too_large, too_many_groups, too_many, too_many_days, no_such_field,
 * archived_field, no_step, too_far, no_such_list, points_elsewhere, no_sum, wrong_op, wrong_value, no_args, no_row. */
Err filter_write(const FilterAsk *ask, const Json *tree, const char *alias, Buf *sql, Binds *binds, bool *archive);

/* Does it hold for these records, living or not?  out[i]; false of one that is not there or out of reach.  One
 * statement, also of what this work has just written. */
Err filter_holds(const FilterAsk *ask, const Json *tree, const int64_t *ids, ptrdiff_t n, bool *out);

typedef struct {
    int64_t   all;
    int64_t  *id; /* the first FILTER_MOVED of them, by id */
    ptrdiff_t n;
} Moved;

typedef struct {
    Moved come, go;
} Moves;

/* Which records a list gains and loses when its filter `was` becomes `now` (null: one that holds for all): among those
 * in reach, with what a list takes the archive for. */
Err filter_moves(const FilterAsk *ask, const Json *was, const Json *now, Moves *out);

/* ---- what is kept ---- */

typedef enum { USES_FIELD = 1, USES_FIGURE, USES_LIST, USES_RECORD } UsesWhat;

typedef struct {
    UsesWhat what;
    Str      entity; /* whose field, figure or list; of a record its own       */
    Str      name;   /* of the field, figure or list; empty of a record        */
    int64_t  to_id;  /* of a record                                            */
} Use;

typedef struct {
    Use      *at; /* in w->mem, each once, in the order of the text */
    ptrdiff_t n;
} UsesList;

/* Whether a filter can be kept: it is read and written as the actor would ask it.  *canonical is its one text: filters
 * that differ in order, in repetition, in blanks or in how a value is written have the same; no bytes: it holds for
 * all.  *uses is what it reads.  INVALID as filter_write, and with filter.too_long beyond FILTER_TEXT or json.* where
 * it is no JSON.  `tree` may be empty.  Both in w->mem. */
Err filter_check(Work *w, const Entity *e, Str tree, Str *canonical, UsesList *uses);

#endif
