/* What needs no area: health, the words of the program, the stream of events. */
#include "api/call.h"
#include "api/lists.h"
#include "core/words.h"
#include "work/work.h"

#include <stdatomic.h>

static Err health(Request *r)
{
    js_object(&r->out);
    js_key(&r->out, "ok");
    js_bool(&r->out, true);
    js_end(&r->out);
    return OK;
}

/* Words change with the program only: a hash of them all tells whether the browser has them already. */
static uint64_t words_hash(Lang lang)
{
    static _Atomic uint64_t known[LANGS];
    uint64_t hash = atomic_load(&known[lang]);
    for (ptrdiff_t i = 0; !known[lang] && i < words_count; i++)
        hash = str_hash(str_of(words_table[i].text[lang]), hash ^ str_hash(str_of(words_table[i].key), 1));
    atomic_store(&known[lang], hash);
    return hash;
}

static Err words(Request *r)
{
    Lang lang;
    if (!lang_read(r->part[0], &lang) || r->part[0].n != 2) return NOT_FOUND;
    r->tag = str_fmt(r->w->mem, "%016llx", (unsigned long long)words_hash(lang));
    js_object(&r->out);
    for (ptrdiff_t i = 0; i < words_count; i++) {
        if (!words_table[i].text[lang]) continue;
        js_key(&r->out, words_table[i].key);
        js_c(&r->out, words_table[i].text[lang]);
    }
    js_end(&r->out);
    return OK;
}

/* The stream begins when this has been answered with OK, see call_done. */
static Err events(Request *r)
{
    Call *c    = call_of(r);
    c->listens = true;
    live_listener(r->w, &c->listener);
    return OK;
}

const Route ground_routes[] = {
    { .method = GET,
      .path = "/api/health",
      .run = health,
      .audience = FOR_ANYBODY,
      .gives = "ok: bool",
      .says = "api.health" },
    { .method = GET,
      .path = "/api/words/{language}",
      .run = words,
      .audience = FOR_ANYBODY,
      .gives = "object",
      .says = "api.words" },
    { .method = GET, .path = "/api/events", .run = events, .gives = "event stream", .says = "api.events" },
    { 0 },
};
