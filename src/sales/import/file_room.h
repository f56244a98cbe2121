/* What imports make of the room for files (files/files.h), and where its rule is told and set.
 *
 * A file serves its import: rows that were not taken leave from it, and the same file is imported after a dry run.
 * What an import brought does not need it, so it goes after the term that the firm has set, and whoever wants room may
 * let his own go before.  With it goes the list of its rows that were not taken; their counts stay with the import. */
#ifndef SALES_IMPORT_FILE_ROOM_H
#define SALES_IMPORT_FILE_ROOM_H

#include "api/route.h"
#include "files/files.h"

extern const FileUse import_file_use;
extern const Route   file_room_routes[];

#endif
