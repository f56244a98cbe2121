/* From which amount on a deal is a large one: the firm's to set, and the condition `large` of lists. */
#include "format/number.h"
#include "sales/deals/deals.h"
#include "sales/deals/deals_sql.h"

static Err limit_show(Request *r)
{
    int64_t large;
    TRY(db_int(r->w->db, SQL_DEAL_LIMIT, NO_VALS, &large));
    js_object(&r->out);
    js_key(&r->out, "large");
    js_money(&r->out, large);
    js_end(&r->out);
    return OK;
}

static Err limit_change(Request *r)
{
    Str     text;
    int64_t large;
    TRY(body_text(r, "large", 24, &text));
    bool good = number_read(text, (NumberForm){ .decimal = '.' }, 2, &large) == CELL_READ && large > 0 &&
                large <= MONEY_MAX;
    if (!good) return fail(r->w, INVALID, "large", "deal_limit.no_money");
    TRY(db_run(r->w->db, SQL_DEAL_LIMIT_PUT, VALS(val_int(large)), NULL));
    return limit_show(r);
}

const Route deal_limit_routes[] = {
    { .method = GET,
      .path = "/api/deal_limit",
      .run = limit_show,
      .needs = { "deal", "view" },
      .gives = "large: money",
      .says = "route.deal_limit" },
    { .method = PATCH,
      .path = "/api/deal_limit",
      .run = limit_change,
      .needs = { "firm", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "large: text",
      .gives = "large: money",
      .says = "route.deal_limit_change" },
    { 0 },
};
