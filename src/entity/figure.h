/* A figure: a column of an entity that is no field.  What is counted of a record stands in a table beside it, a row a
 * record at most: a class, a sum, a day; it is shown, sorted by, filtered, totalled and exported as a field is, and
 * never saved with the record.  A plural one, a product among those a sale holds, is a condition alone.
 *
 *     { .name = "abc", .type = TYPE_choice, .options = letters, .counts = "sale", .sort = true,
 *       .from = "client_class", .id = "client_id", .when = "{k}.kind = 'abc'", .value = "place" },
 *     { .name = "product_id", .type = TYPE_ref, .to = "product",
 *       .where = "exists (select 1 from sale_line k where k.sale_id = {row}.id and k.product_id = {value})" },
 *
 * Filters take of a kept figure what its type knows, and of a plural one `is` and `in`.  A record without a row
 * (where `none` does not say what it is then), or one whose counted rows the reader does not see, has no value: it is
 * `empty`, and comes last in both directions. */
#ifndef ENTITY_FIGURE_H
#define ENTITY_FIGURE_H

#include "entity/reach.h"

struct Figure {
    const char        *name; /* none of the entity's fields has it                                            */
    TypeId             type; /* of a kept one: one that is stored as a number                                 */
    const char *const *options; /* choice                                                                        */
    const char        *to; /* ref                                                                           */
    const char        *mask; /* as of a field; hides it too where the rows it counts hide that group          */
    const char        *counts; /* the entity whose rows it is counted from: it holds where those are in sight, and is
                                  no name at all for whoever sees none; may be null                             */
    const char *by, *day; /* the records it comes from, where there is a door to them: rows of `counts` that point
                            here by this reference, of the days of the count; may be null                 */
    const char *count; /* by which it is written down, with when and of which days (entity/counted.h);
                          null: it is always of this moment                                             */
    bool        sort, total; /* as of a field; a sorted one has an index of .when, value and id            */
    const char *from, *id; /* the table that keeps it, and its column that names the record               */
    const char *when; /* which of its rows, {k} being the table; null: each                            */
    const char *value; /* its column with the value                                                     */
    int         none; /* choice: what a record without a row is; 0: empty                              */
    const char *where; /* plural: a condition, {row} being the entity's table and {value} the bound value (of a
                          choice its key)                                                               */
};

typedef struct {
    const Figure *const *at;
    int                  n;
} Figures;

const Figure *figure_named(const Entity *e, Str name); /* null: there is none                        */
bool          figure_kept(const Figure *f); /* it has a value, so it can be a column      */
Field         figure_field(const Figure *f); /* it as a field: what reads, writes and tells values takes */
unsigned      figure_ops(const Figure *f); /* FilterOp bits                              */

/* May the actor name it at all?  `verb`: view or export. */
bool figure_known(const Actor *actor, const Entity *e, const Figure *f, const char *verb);

/* ---- in statements ---- */

/* Where a condition goes: for rows under `alias`.  `leaf` writes the comparison of a kept figure, whose value is then a
 * column of its name under the alias given. */
typedef struct FigureWriter FigureWriter;
struct FigureWriter {
    Work       *w;
    Arena      *mem;
    const char *alias;
    Buf        *sql;
    Binds      *binds;
    Err (*leaf)(void *of, const char *alias);
    void *of;
};

/* Appends the condition in parentheses, of a kept figure `is_not` as `is` and `empty` as `not_empty`: who calls says no
 * to it.  INVALID with words for an operator or a value that a plural one does not take. */
Err figure_write(const FigureWriter *to, const Figure *f, FilterOp op, const Json *value);

/* Appends a condition: the rows that a figure of those under `alias` counts are in sight. */
void figure_sight_write(Work *w, Arena *mem, const Figure *f, const char *alias, Buf *sql, Binds *binds);

/* Appends `.when` for rows of its table under `k`, and the joint before it: nothing where each row counts. */
void figure_when_write(const Figure *f, const char *joint, const char *k, Buf *sql);

/* Appends " left join …" for each of the figures; the value of the i-th is then NAME<i>.value of .value, NAME being
 * `prefix`. */
void figures_join(Work *w, Arena *mem, Figures list, const char *alias, const char *prefix, Buf *sql, Binds *binds);

/* ---- of the records of a page ---- */

/* Those of "abc,revenue", each once; INVALID at `figures` for one that is none, that the actor may not see, or that has
 * no value to show. */
Err figures_asked(Work *w, const Entity *e, const char *verb, Str names, Figures *out);

/* Fills out[n * list.n], a record's beside each other; records are within the actor's reach. */
Err figures_read(Work *w, const Entity *e, Figures list, const int64_t *ids, ptrdiff_t n, Value *out);

/* The member `_figures` of a record. */
void figures_json(JsonOut *to, Figures list, const Value *values);

#endif
