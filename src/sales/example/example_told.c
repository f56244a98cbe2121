/* The firm's language and its seeds, for whoever fills it. */
#include "sales/example/example_told.h"

#include "access/firm.h"
#include "sales/example/example_load_sql.h"

#include <string.h>

Err example_told(Work *w, ExampleTold *out)
{
    Firm firm;
    Rows rows;
    *out = (ExampleTold){ .lang = LANG_RU };
    TRY(firm_read(w, &firm));
    lang_read(firm.language, &out->lang);
    out->zone = zone_load(w->mem, NULL, firm.zone);
    if (!out->zone) out->zone = w->zone;
    TRY(db_query(w->db, SQL_EXAMPLE_KEYS, NO_VALS, &rows));
    while (rows_next(&rows)) *map_at(&out->ids, str_copy(w->mem, row_text(&rows, 0)), w->mem) = row_int(&rows, 1);
    return rows_end(&rows);
}

int64_t example_told_id(Work *w, ExampleTold *told, const char *what, const char *key)
{
    const int64_t *id = key ? map_at(&told->ids, str_fmt(w->mem, "%s.%s", what, key), NULL) : NULL;
    return id ? *id : 0;
}

int example_told_choice(const char *const *keys, const char *key)
{
    for (int i = 0; key && keys[i]; i++)
        if (strcmp(keys[i], key) == 0) return i + 1;
    return 0;
}
