/* What the files of this folder share. */
#ifndef FILES_INSIDE_H
#define FILES_INSIDE_H

#include "files/files.h"

/* From a slow work: a body that no file names goes with its parts; one that serves a file stays. */
Err body_forget_all(Work *w, int64_t body);

#endif
