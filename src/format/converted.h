/* A whole text in another encoding, as UTF-8. */
#ifndef FORMAT_CONVERTED_H
#define FORMAT_CONVERTED_H

#include "format/form.h"

/* In a temporary file without a name (mapped_close gives it back); BROKEN without room for it. */
Err text_as_utf8(Str bytes, Encoding encoding, Str *out);

#endif
