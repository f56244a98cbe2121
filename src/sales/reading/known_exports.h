/* Which program's export a table resembles, by the names of its columns. */
#ifndef SALES_READING_KNOWN_EXPORTS_H
#define SALES_READING_KNOWN_EXPORTS_H

#include "format/recognise.h"

/* A key of words/ (resembles.wildberries ...); null: none that is known. */
const char *known_export(Arena scratch, const Recognised *r);

#endif
