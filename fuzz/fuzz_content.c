/* What a file is: whatever its bytes are, it has a type, and points only as a picture. */
#include "format/content.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Content c = content_of((Str){ (const char *)data, (ptrdiff_t)size });
    CLAIM(c.type && c.type[0] && c.width >= 0 && c.height >= 0);
    CLAIM(c.width == 0 || str_starts(str_of(c.type), S("image/")));
    CLAIM(!content_shows(c) || c.width * c.height <= PICTURE_POINTS_MOST);
    return 0;
}
