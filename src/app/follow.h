/* What follows the changes of the base while the server runs: the open browsers, and the journal's seal. */
#ifndef APP_FOLLOW_H
#define APP_FOLLOW_H

#include "api/server.h"
#include "app/program.h"
#include "entity/change.h"

Err follow_start(Program *p, Server *server, Follower **follower);

#endif
