/* Changes become news for the browsers of those who may see what has changed. */
#include "app/follow.h"

static Err take(void *to, Db *db, const Change *changes, ptrdiff_t n) { return api_tell(to, db, changes, n); }

Err follow_start(Program *p, Server *server, Follower **follower)
{
    Subscriber browsers = { .name = "browsers", .take = take, .to = server };
    return follower_start(p->lanes, &browsers, 1, true, follower);
}
