/* Jobs that were set aside, for whoever looks after the server. */
#include "work/jobs.h"

#include "work/job_sql.h"

Err jobs_set_aside(Work *w, Moment since, int most, SetAside *out, int *n)
{
    Rows rows;
    *n = 0;
    TRY(db_query(w->db, SQL_JOBS_SET_ASIDE, VALS(val_int(since), val_int(most)), &rows));
    for (; *n < most && rows_next(&rows); ++*n)
        out[*n] = (SetAside){ .id = row_int(&rows, 0),
                              .kind = str_copy(w->mem, row_text(&rows, 1)),
                              .actor = row_int(&rows, 2),
                              .at = row_int(&rows, 3) };
    return rows_end(&rows);
}
