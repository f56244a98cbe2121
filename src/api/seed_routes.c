/* What a newer version offers where somebody has edited what came with the program. */
#include "api/lists.h"
#include "api/route.h"
#include "entity/seed.h"

static Err offers(Request *r) { return seed_offers_json(r->w, &r->out); }

static Err answer(Request *r, Err (*how)(Work *, Str, Str))
{
    Str origin, key;
    TRY(body_text(r, "origin", 20, &origin));
    TRY(body_text(r, "key", SEED_KEY_MOST, &key));
    return how(r->w, origin, key);
}

static Err take(Request *r) { return answer(r, seed_take); }
static Err leave(Request *r) { return answer(r, seed_leave); }

const Route seed_routes[] = {
    { .method = GET,
      .path = "/api/seed",
      .run = offers,
      .needs = { "role", "view" },
      .gives = "items: list",
      .says = "api.seeds" },
    { .method = POST,
      .path = "/api/seed/take",
      .run = take,
      .needs = { "role", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "origin: text, key: text",
      .says = "api.seed_take" },
    { .method = POST,
      .path = "/api/seed/leave",
      .run = leave,
      .needs = { "role", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "origin: text, key: text",
      .says = "api.seed_leave" },
    { 0 },
};
