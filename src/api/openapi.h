/* The description of the interface for programs: OpenAPI 3.1, from the rows of the routes and the lists of fields. */
#ifndef API_OPENAPI_H
#define API_OPENAPI_H

#include "api/server.h"

void openapi_json(Server *server, JsonOut *to);

#endif
