/* Paths as columns of a statement: what a condition goes over as `client_id.city` is joined here and told, grouped by
 * or summed.  Each record that a path comes to is joined once, within reach; where it comes to nothing in sight the
 * column is empty.  A figure at the end of a path is one as well.  Used inside entity/ only. */
#ifndef ENTITY_PATHS_H
#define ENTITY_PATHS_H

#include "entity/figure.h"
#include "entity/filter_inside.h"

enum { PATH_JOINS = 64, PATH_COLUMNS = 32 };

typedef struct {
    FilterPath  path;
    Field       field; /* what the values are of: the field's, or the figure as one    */
    const char *alias; /* of the record at the end of its way                          */
    const char *figured; /* of the figure's table; null: a field                         */
} PathColumn;

typedef struct {
    FilterReader     reader;
    const FilterAsk *ask;
    Binds           *binds;
    Buf joins; /* " left join …" of all of them, for rows `t` of ask->e and, of a child, `up` above them */
    struct PathJoin {
        const char   *from, *to;
        const Field  *by;
        const Entity *entity;
    } join[PATH_JOINS];
    int        joined;
    PathColumn column[PATH_COLUMNS];
    int        n;
} Paths;

/* For statements whose rows of ask->e are `t`, and where that is a child those that it belongs to `up`. */
Paths *paths_new(const FilterAsk *ask, Binds *binds);

/* The column of a path.  INVALID as filter_read; list.too_many_paths. */
Err path_column(Paths *p, Str name, PathColumn **out);

/* The value as value_row takes it; and as it is grouped and counted by: of a text to find its folded form. */
void path_column_write(Paths *p, const PathColumn *c, Buf *sql);
void path_key_write(Paths *p, const PathColumn *c, Buf *sql);

/* " from client t", of a child " from sale_line t join sale up on …". */
void rows_from(const Entity *e, Buf *sql);

#endif
